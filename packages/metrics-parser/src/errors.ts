/**
 * What went wrong: an unusable pattern, a column that is not there, text that is no CSV, a gzip stream that is broken or
 * cut, a path that is no readable file, or a file that became shorter or another one while it was read.
 */
export type MetricsParserErrorCode =
  | "BAD_PATTERN"
  | "MISSING_COLUMN"
  | "BAD_CSV"
  | "BAD_GZIP"
  | "BAD_FILE"
  | "FILE_CHANGED";

/** Thrown by everything in this package; tell cases apart by `code`. */
export class MetricsParserError extends Error {
  override readonly name = "MetricsParserError";
  readonly code: MetricsParserErrorCode;
  constructor(code: MetricsParserErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
