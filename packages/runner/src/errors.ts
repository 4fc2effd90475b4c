/** Why the runner refuses or gives up; a failed training is no error but an outcome. */
export type RunnerErrorCode =
  | "CONFIG"
  | "NOT_FIT"
  | "TOO_FEW_MUTATIONS"
  | "STARTED_TWICE"
  | "CHANGED"
  | "NOT_AS_PLANNED"
  | "REFUSED";

/** One thing that is wrong with a configuration. */
export interface Problem {
  /** File it stands in; `undefined` for the command line. */
  readonly file: string | undefined;
  /** Path inside the file, such as `models.digits.path`, or the flag. */
  readonly path: string;
  /** Expected, found, and the nearest valid name, as one line. */
  readonly message: string;
}

/** Thrown by everything in this package; tell cases apart by `code`. */
export class RunnerError extends Error {
  override readonly name = "RunnerError";
  /** Stable name of the case. */
  readonly code: RunnerErrorCode;
  /** Each thing that is wrong, for `CONFIG`. */
  readonly problems: readonly Problem[];

  constructor(code: RunnerErrorCode, message: string, options?: ErrorOptions & { problems?: readonly Problem[] }) {
    super(message, options);
    this.code = code;
    this.problems = options?.problems ?? [];
  }
}

/** The error for a configuration with these problems. */
export function configError(problems: readonly Problem[]): RunnerError {
  const lines = problems.map(({ file, path, message }) => [file, path, message].filter(Boolean).join(": "));
  return new RunnerError("CONFIG", lines.join("\n"), { problems });
}
