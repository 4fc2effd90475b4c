import type { AttemptJson, FailureClass } from "@ea/records";
import { MAX_RETRY_SLEEP_SECONDS } from "./defaults.ts";

/** Errors of the operating system that may be gone in a moment. */
const TRANSIENT_SPAWN_ERRORS: readonly unknown[] = ["EAGAIN", "ENOMEM", "EMFILE", "ENFILE", "ETXTBSY"];

/** Whether another attempt of the same configuration can end otherwise. */
export function isRetried(
  failureClass: FailureClass,
  options: { readonly retryTimeouts: boolean; readonly spawnError?: Error | undefined },
): boolean {
  switch (failureClass) {
    case "crash":
    case "no-metric":
      return true;
    case "timeout":
    case "stalled":
      return options.retryTimeouts;
    case "spawn":
      return (
        options.spawnError !== undefined &&
        "code" in options.spawnError &&
        TRANSIENT_SPAWN_ERRORS.includes(options.spawnError.code)
      );
    case "oom":
    case "nan":
    case "signal":
    case "interrupted":
    case "preempted":
      return false;
  }
}

/** Attempts that count against the number of retries: failures of the training, and not those whose `ea` was stopped. */
export function retriesUsed(attempts: readonly Pick<AttemptJson, "failure_class">[]): number {
  return attempts.filter(
    ({ failure_class: failure }) => failure !== null && failure !== "interrupted" && failure !== "preempted",
  ).length;
}

/**
 * Seconds before another attempt: the same each time, but twice as long after each failure of the network in a row, which is
 * not back sooner for being asked again.
 */
export function retrySleep(baseSeconds: number, networkFailures: number): number {
  const seconds = baseSeconds * 2 ** Math.max(0, networkFailures - 1);
  return Math.max(baseSeconds, Math.min(seconds, MAX_RETRY_SLEEP_SECONDS));
}
