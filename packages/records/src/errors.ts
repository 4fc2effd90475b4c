/** Why a record or a results directory could not be used. */
export type RecordsErrorCode = "NOT_WRITABLE" | "BAD_RECORD" | "EXISTS" | "BAD_PLAN" | "TOO_NEW";

/** Thrown by everything in this package; tell cases apart by `code`. */
export class RecordsError extends Error {
  override readonly name = "RecordsError";
  /** Stable name of the case. */
  readonly code: RecordsErrorCode;

  constructor(code: RecordsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
