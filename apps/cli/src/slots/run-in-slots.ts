import { readPlanJson, readRecords, requestStop } from "@ea/records";
import {
  inspectAll,
  newSessionTag,
  type PlanRunRequest,
  runPlan,
  type SessionOptions,
  type SessionResult,
  type Slot,
} from "@ea/runner";
import { gpuMeter } from "../meters.ts";
import type { ExecutionFlags } from "../run-options.ts";
import type { Terminal } from "../terminal.ts";
import { assignGpus } from "./assign-gpus.ts";
import { metersOf } from "./slot-meters.ts";
import { slotVariables } from "./slot-variables.ts";
import { runWorkers } from "./slot-workers.ts";
import type { SlotsRequest } from "./slots-request.ts";

/** What runs in slots. */
export interface SlottedWork extends SlotsRequest {
  /** The session's directory, with its plan. */
  readonly directory: () => Promise<string>;
  /** Flags of `ea run` that each slot is given as well. */
  readonly forwarded: readonly string[];
  readonly request: SlottedRequest;
}

/** What each slot and the end of the session are asked for. */
export type SlottedRequest = Omit<PlanRunRequest, "directory" | "rows">;

/**
 * Runs the rows of a plan in several processes beside each other, each with GPUs of its own, all claiming rows of the one
 * session; then finishes it.
 *
 * @throws {RunnerError} `NOT_FIT` when there are too few GPUs that nobody else uses.
 */
export async function runInSlots(
  work: SlottedWork,
  flags: ExecutionFlags,
  terminal: Terminal,
  options: SessionOptions,
): Promise<SessionResult> {
  const { environment } = options;
  const gpus = assignGpus(await inspectAll([gpuMeter(environment)]), work);
  const directory = await work.directory();
  const tag = newSessionTag();
  const workers = gpus.map((own, index) => {
    const slot: Slot = { index, of: work.slots, tag };
    const quiet = flags.quiet === true ? ["--quiet"] : [];
    return {
      args: ["run", "--plan", directory, flags.events ? "--events" : "--json", ...work.forwarded, ...quiet],
      environment: slotVariables(environment, slot, own),
      workingDirectory: terminal.workingDirectory,
      onOut: (line: string): void => {
        if (flags.events) terminal.out(`${line}\n`);
      },
      onErr: (line: string): void => {
        if (line.trim() !== "") terminal.err(`[slot ${index}] ${line}\n`);
      },
    };
  });
  terminal.err(`${work.slots} slots: ${gpus.map(slotText).join("; ")}\n`);
  const stopOthers = async (): Promise<void> => {
    if (flags["fail-fast"]) await requestStop(directory, { now: new Date() });
  };
  const { signal = new AbortController().signal, killSignal = new AbortController().signal } = options;
  await runWorkers(workers, {
    signal,
    killSignal,
    onFailure: stopOthers,
  });
  const [first = []] = gpus;
  const alone = first.length > 0 ? { ...environment, CUDA_VISIBLE_DEVICES: first.join(",") } : environment;
  // What the slots have left undone they were told to leave
  const isWhole = (await readRecords(directory)).length === (await readPlanJson(directory)).planned;
  const isolatedRuns = isWhole && work.isolated > 0 ? work.isolated : undefined;
  return runPlan(
    { ...work.request, directory },
    {
      ...options,
      environment: alone,
      meters: metersOf(alone, undefined),
      isolatedRuns,
      signal: isWhole ? options.signal : AbortSignal.abort(),
    },
  );
}

function slotText(gpus: readonly string[], index: number): string {
  return `${index} ${gpus.length > 0 ? `with ${gpus.join(", ")}` : "without a GPU"}`;
}
