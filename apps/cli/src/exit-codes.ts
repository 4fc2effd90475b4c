import { RecordsError } from "@ea/records";
import { RunnerError } from "@ea/runner";

/** What the exit code of `ea` says. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  notFit: 3,
  finishedWithFailures: 4,
  /** `ea measure`: a fault of its own, or a command that could not be started. */
  notMeasured: 125,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit code for an error that ends a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof RunnerError) return error.code === "NOT_FIT" ? EXIT.notFit : EXIT.usage;
  if (error instanceof RecordsError && ["NOT_WRITABLE", "BAD_PLAN", "TOO_NEW"].includes(error.code)) return EXIT.usage;
  return EXIT.unexpected;
}
