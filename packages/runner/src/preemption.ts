import type { Clock } from "./clock.ts";
import type { CommandExit } from "./supervise.ts";

/** A signal of the scheduler comes no later than that after the end of a training that it has ended. */
const LATE_SECONDS = 1;

/**
 * Why a scheduler ends a row, as the reason of an abort: the attempt is then `preempted` and not interrupted by a user.
 * `time-limit`: the time of its job is nearly over. `preempt`: the machine is wanted for something else, or the job was
 * cancelled or queued again.
 */
export class Preemption extends Error {
  override readonly name = "Preemption";
  readonly why: "time-limit" | "preempt";

  constructor(why: Preemption["why"]) {
    super(why === "time-limit" ? "the time of the job is nearly over" : "the scheduler ends the job");
    this.why = why;
  }
}

/** Who has asked for the end, by the reason of an abort. */
export function interruptionOf(reason: unknown): Preemption["why"] | "interrupt" {
  return reason instanceof Preemption ? reason.why : "interrupt";
}

/**
 * How a training ended where a scheduler may have ended it: its signals reach every process of a job, so that the training
 * may be gone before this process has heard of it.
 */
export async function withLateInterruption(
  exit: CommandExit,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<CommandExit> {
  const isClean = exit.exitCode === 0 && exit.signal === undefined;
  if (isClean || exit.endedBy !== undefined || exit.spawnError) return exit;
  await clock.sleep(LATE_SECONDS, signal);
  return signal.aborted ? { ...exit, endedBy: interruptionOf(signal.reason) } : exit;
}
