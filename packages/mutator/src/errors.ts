/** Why something of this package failed: a value, count or seed handed in, or a predicate that accepts nothing. */
export type MutatorErrorCode = "BAD_VALUE" | "BAD_COUNT" | "BAD_SEED" | "UNKNOWN_PARAMETER" | "TOO_MANY_REJECTIONS";

/** Thrown by everything in this package except a space that fails its schema (zod's own error); tell cases apart by `code`. */
export class MutatorError extends Error {
  override readonly name = "MutatorError";
  /** Stable name of the case. */
  readonly code: MutatorErrorCode;

  constructor(code: MutatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
