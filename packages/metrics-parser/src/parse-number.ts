/** What a captured text says: a number, a number that is none to work with, or something else. */
export type NumberReading =
  | { readonly kind: "finite"; readonly value: number }
  | { readonly kind: "not-finite" }
  | { readonly kind: "not-a-number" };

const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

/** Reads `text` as Python's `float()` does, without its underscores and its digits of other scripts. */
export function parseNumber(text: string): NumberReading {
  const trimmed = text.trim();
  if (NOT_FINITE.test(trimmed)) return { kind: "not-finite" };
  if (!DECIMAL.test(trimmed)) return { kind: "not-a-number" };
  const value = Number(trimmed);
  return Number.isFinite(value) ? { kind: "finite", value } : { kind: "not-finite" };
}
