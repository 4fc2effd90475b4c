import type { AttemptJson, FailureClass } from "@ea/records";

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
