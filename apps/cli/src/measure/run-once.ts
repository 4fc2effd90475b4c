import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Meter } from "@ea/energy";
import { type PowerTracker, powerTracker } from "@ea/energy";
import { type CommandProcess, type MeasuredCommand, measureCommand } from "@ea/runner";
import type { StopSignal } from "../interruptible.ts";
import { liveText, showLiveLine } from "./live-line.ts";
import type { MeasureRequest } from "./measure-request.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { powerOf } from "./run-power.ts";
import type { Turn } from "./schedule.ts";

/** Ctrl-C ends a command and reaches us at the same time, but node may tell us of the end first. */
export const SIGNAL_LAG_MS = 100;

/** What the runs need besides the request. */
export interface RunContext {
  readonly meters: readonly Meter[];
  /** Directory for the raw files of the meters. */
  readonly directory: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Marks the processes of this measurement, unique among all. */
  readonly tag: string;
  readonly isForeground: boolean;
  readonly onMark: CommandProcess["onMark"];
  /** Told when a command begins and has ended. */
  readonly onRunning: (isRunning: boolean) => void;
  readonly signal: AbortSignal;
  readonly killSignal: AbortSignal;
  readonly interruptedBy: () => StopSignal | undefined;
  readonly interruptedAtMs: () => number | undefined;
  /** Where a live line may be shown, and how wide it may be. */
  readonly live: { readonly columns: number; readonly write: (text: string) => void } | undefined;
}

/** One turn; `undefined` when it was interrupted before the command had started. */
export async function runOnce(
  request: MeasureRequest,
  turn: Turn,
  context: RunContext,
): Promise<MeasuredRun | undefined> {
  const subject = request.subjects[turn.command];
  if (!subject) throw new RangeError(`expected a command with index ${turn.command}`);
  const directory = join(context.directory, `command_${turn.command + 1}`, `run_${turn.run + 1}`);
  if (!turn.isWarmup) await mkdir(directory, { recursive: true });
  const meters = turn.isWarmup ? [] : context.meters;
  let tracker = powerTracker(epochMs());
  let clear: (() => void) | undefined;
  let exitedMs = 0;
  const command: CommandProcess = {
    ...processOf(request, turn, context),
    onStart: () => {
      context.onRunning(true);
      tracker = powerTracker(epochMs());
      clear = liveLine(request, turn, context, () => tracker);
    },
    onExit: () => {
      context.onRunning(false);
      clear?.();
      exitedMs = performance.now();
    },
  };
  const onReading: PowerTracker["add"] = (reading) => tracker.add(reading);
  const measured = await measureCommand(command, { meters, directory, onReading });
  const { exit } = measured;
  if (exit.spawnError) throw new Error(`cannot start '${subject.label}': ${spawnWords(exit.spawnError)}`);
  if (exit.exitCode === undefined && exit.signal === undefined) return undefined;
  return {
    command: turn.command,
    run: turn.run,
    exitCode: exit.exitCode,
    signal: exit.signal,
    isInterrupted: (context.interruptedAtMs() ?? Number.POSITIVE_INFINITY) <= exitedMs + SIGNAL_LAG_MS,
    durationSeconds: exit.durationSeconds,
    energies: energiesOf(measured, tracker),
    meterCpuSeconds: measured.measured.meterCpuSeconds,
    leftovers: measured.leftovers.ended,
  };
}

function processOf(
  { subjects, isInputPassed, isOutputShown, isJson }: MeasureRequest,
  turn: Turn,
  context: RunContext,
): CommandProcess {
  const [file = "", ...args] = subjects[turn.command]?.argv ?? [];
  const { workingDirectory, environment, isForeground, onMark, signal, killSignal } = context;
  const input = isInputPassed ? 0 : "ignore";
  const kind = turn.isWarmup ? "warmup" : "run";
  return {
    file,
    args,
    workingDirectory,
    environment,
    tag: { name: "EARUN_ATTEMPT", value: `${context.tag}.${turn.command}.${kind}.${turn.run}` },
    // stdout belongs to the document alone
    stdio: isOutputShown ? [input, isJson ? 2 : 1, 2] : [input, "ignore", "ignore"],
    isForeground,
    onMark,
    signal,
    killSignal,
  };
}

function energiesOf({ measured }: MeasuredCommand, tracker: PowerTracker): MeasuredRun["energies"] {
  return measured.meters.flatMap(({ quantities, windowSeconds }) =>
    quantities.map((quantity) => ({ quantity, ...powerOf(quantity, windowSeconds, tracker.all()) })),
  );
}

function liveLine(
  { subjects, runs, warmup }: MeasureRequest,
  turn: Turn,
  { live }: RunContext,
  tracker: () => PowerTracker,
): (() => void) | undefined {
  if (!live) return undefined;
  const startMs = performance.now();
  const number = turn.isWarmup ? `warm-up ${turn.run + 1}/${warmup}` : `run ${turn.run + 1}/${runs}`;
  const label = subjects[turn.command]?.label ?? "";
  return showLiveLine(live.columns, live.write, () => {
    const elapsedSeconds = (performance.now() - startMs) / 1000;
    return liveText({ label, number, elapsedSeconds }, tracker().all());
  });
}

function spawnWords(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "no such command";
  if (code === "EACCES") return "it is not executable";
  return error.message;
}

/** Milliseconds since 1970 from a clock that does not step: the clock of the readings. */
function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
