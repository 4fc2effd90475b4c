/**
 * Why a text gave no joules: it is no report of perf, it is perf's own error message, its numbers can be read in two
 * ways, it holds several runs, or a row is not in a form that perf prints.
 */
export type PerfErrorCode = "NOT_PERF" | "PERF_FAILED" | "AMBIGUOUS" | "SEVERAL_REPORTS" | "BAD_OUTPUT";

/** Thrown by the parsers of this package; tell cases apart by `code`. */
export class PerfError extends Error {
  override readonly name = "PerfError";
  /** Stable name of the case. */
  readonly code: PerfErrorCode;

  constructor(code: PerfErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const MAX_QUOTED = 200;

/** The offending text for a message, on one line and not too long. */
export function quote(text: string): string {
  const line = text
    .slice(0, 2 * MAX_QUOTED)
    .replace(/\s+/g, " ")
    .trim();
  return `"${line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED - 1)}…` : line}"`;
}
