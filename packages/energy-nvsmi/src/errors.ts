/** Why a text was refused: it is no `--query-gpu` CSV, or its rows cannot be told apart. */
export type NvsmiErrorCode = "NOT_QUERY_CSV" | "AMBIGUOUS";

/** Thrown by the parsers of this package; tell cases apart by `code`. */
export class NvsmiError extends Error {
  override readonly name = "NvsmiError";
  /** Stable name of the case. */
  readonly code: NvsmiErrorCode;

  constructor(code: NvsmiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
