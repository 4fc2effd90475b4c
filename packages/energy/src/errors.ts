/** Why something of this package failed: bad numbers handed in, a quantity that contradicts itself, a sum of what does not add up. */
export type EnergyErrorCode = "BAD_WINDOW" | "BAD_QUANTITY" | "BAD_SUM";

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
