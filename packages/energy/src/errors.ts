/** Why something of this package failed: bad numbers handed in, or a quantity that contradicts itself. */
export type EnergyErrorCode = "BAD_WINDOW" | "BAD_QUANTITY";

/** Thrown by everything in this package; tell cases apart by `code`. */
export class EnergyError extends Error {
  override readonly name = "EnergyError";
  /** Stable name of the case. */
  readonly code: EnergyErrorCode;

  constructor(code: EnergyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
