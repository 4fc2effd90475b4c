/** Why something of this package failed. */
export type MutatorErrorCode =
  | "BAD_VALUE"
  | "BAD_KEY"
  | "BAD_COUNT"
  | "BAD_SEED"
  | "BAD_CONSTRAINT"
  | "BAD_PREDICATE"
  | "BAD_RESULT"
  | "UNKNOWN_PARAMETER"
  | "TOO_MANY_DIMENSIONS"
  | "TOO_MANY_REJECTIONS"
  | "TOO_CONSTRAINED"
  | "UNSATISFIABLE"
  | "STUCK";

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

/** The error that says what was expected and what was found instead, both in words. */
export function mismatch(code: MutatorErrorCode, expected: string, found: string, cause?: ErrorOptions): MutatorError {
  return new MutatorError(code, `Expected ${expected}, found ${found}`, cause);
}
