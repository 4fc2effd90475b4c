/** Why something could not be exported. */
export type ExchangeErrorCode = "BAD_REQUEST" | "NO_METRIC" | "UNREACHABLE" | "UNAUTHORISED" | "REFUSED";

/** Thrown by everything in this package; tell cases apart by `code`. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  /** Stable name of the case. */
  readonly code: ExchangeErrorCode;

  constructor(code: ExchangeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
