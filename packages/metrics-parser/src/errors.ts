/** What went wrong: an unusable pattern, a column that is not there, or text that is no CSV. */
export type MetricsParserErrorCode = "BAD_PATTERN" | "MISSING_COLUMN" | "BAD_CSV";

/** Thrown by everything in this package; tell cases apart by `code`. */
export class MetricsParserError extends Error {
  override readonly name = "MetricsParserError";
  readonly code: MetricsParserErrorCode;
  constructor(code: MetricsParserErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
