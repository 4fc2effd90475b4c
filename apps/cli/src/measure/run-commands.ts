import type { Meter } from "@ea/energy";
import type { MeasureRequest } from "./measure-request.ts";
import { exitStatus, type MeasuredRun } from "./measured-run.ts";
import { ending } from "./report.ts";
import { type RunContext, runOnce } from "./run-once.ts";
import { schedule, type Turn } from "./schedule.ts";
import { foreignWarnings, throttleWarnings } from "./warnings.ts";

/** What became of all runs. */
export interface RunOutcome {
  readonly runs: readonly MeasuredRun[];
  /** The first command that failed, in its warm-up or not. */
  readonly failure: { readonly exitStatus: number; readonly words: string } | undefined;
  /** A fault that is not the command's: it could not be started, or not be measured. */
  readonly fault: Error | undefined;
  readonly warnings: readonly string[];
}

/** Runs all commands in their order until the end, an interrupt, a fault, or a failure that is not to be ignored. */
export async function runCommands(request: MeasureRequest, context: RunContext): Promise<RunOutcome> {
  const runs: MeasuredRun[] = [];
  const warnings = new Set<string>();
  let failure: RunOutcome["failure"];
  const outcome = (fault?: Error): RunOutcome => ({ runs, failure, fault, warnings: [...warnings] });
  try {
    for (const turn of schedule(request.subjects.length, request)) {
      if (context.interruptedBy()) break;
      if (!turn.isWarmup) for (const warning of await deviceWarnings(context.meters)) warnings.add(warning);
      const run = await runOnce(request, turn, context);
      if (!run) break;
      if (!turn.isWarmup) runs.push(run);
      if (exitStatus(run) === 0) continue;
      failure ??= { exitStatus: exitStatus(run), words: failureWords(request, turn, run) };
      if (!request.ignoresFailure) break;
    }
    // Who came during the last run
    if (runs.length > 0) for (const warning of await deviceWarnings(context.meters)) warnings.add(warning);
    return outcome();
  } catch (error) {
    // What is known so far is not lost with the run that could not be made
    return outcome(error instanceof Error ? error : new Error(String(error)));
  }
}

async function deviceWarnings(meters: readonly Meter[]): Promise<readonly string[]> {
  const devices = await Promise.all(meters.map(async (meter) => (await meter.inspect?.()) ?? []));
  return [...foreignWarnings(devices.flat()), ...throttleWarnings(devices.flat())];
}

function failureWords({ subjects }: MeasureRequest, turn: Turn, run: MeasuredRun): string {
  return `${subjects[turn.command]?.label}: ${turn.isWarmup ? "warm-up " : ""}run ${turn.run + 1}${ending(run)}`;
}
