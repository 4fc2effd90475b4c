import { addDecimals, type Decimal, toDecimal } from "./decimal.ts";
import { mismatch } from "./errors.ts";
import { show } from "./show.ts";

/** How the two sides of a constraint compare. */
export type ComparisonOperator = "<" | "<=" | "==" | "!=" | ">=" | ">";

/** Σ coefficient · value, compared with a bound. */
export interface LinearConstraint {
  /** As people wrote it. */
  readonly text: string;
  /** Distinct names in order of code units; every coefficient is finite and not 0. */
  readonly terms: readonly { readonly name: string; readonly coefficient: number }[];
  readonly operator: ComparisonOperator;
  readonly bound: number;
}

/** What a constraint says about all points of a region. */
export type Verdict = "always" | "never" | "sometimes";

const SMALLEST_NORMAL = 2 ** -1022;

/** The signs that the sum less the bound may have; no operator begins with one before it. */
export const ACCEPTED_SIGNS: ReadonlyMap<ComparisonOperator, readonly number[]> = new Map([
  ["<=", [-1, 0]],
  ["==", [0]],
  ["!=", [-1, 1]],
  [">=", [0, 1]],
  ["<", [-1]],
  [">", [1]],
]);

/**
 * Whether values, in the order of the terms, satisfy a constraint. Numbers mean the decimals they are written as, and
 * nothing is rounded: 0.1 + 0.2 == 0.3 holds.
 * @throws MutatorError `BAD_VALUE` for a value that is missing or not finite.
 */
export function holds(constraint: LinearConstraint, values: readonly number[]): boolean {
  return ACCEPTED_SIGNS.get(constraint.operator)?.includes(signOf(constraint, values, values)) === true;
}

/**
 * Whether all, no or some real points with lows[i] <= x[i] <= highs[i] satisfy a constraint, as exactly as `holds`.
 * @throws MutatorError `BAD_VALUE` for a value that is missing or not finite.
 */
export function verdict(constraint: LinearConstraint, lows: readonly number[], highs: readonly number[]): Verdict {
  const least = signOf(constraint, lows, highs);
  const most = signOf(constraint, highs, lows);
  const accepted = ACCEPTED_SIGNS.get(constraint.operator) ?? [];
  // a sum is continuous: it takes every sign from the least to the most
  const atLeast = accepted.includes(least);
  if (accepted.includes(most) !== atLeast || accepted.includes(Math.sign(least + most)) !== atLeast) return "sometimes";
  return atLeast ? "always" : "never";
}

/**
 * The sign, exactly, of the sum less the bound; terms with a positive coefficient take their value from the first list.
 *
 * Why doubles may decide: with u = 2^-53 and T = 2^-1022, a decimal and its double x differ by at most u(|x| + T), so a
 * product is off by less than 4u(|c| + T)(|v| + T) + uT, and n additions add less than nu(1 + nu) of all magnitudes.
 * 2u · (n + 8)(Σ(|c| + T)(|v| + T) + |bound| + T) is above all of this and its own rounding together. Sums of whole
 * numbers below 2^53 are exact, so everyday ties need no more.
 */
function signOf({ terms, bound }: LinearConstraint, positive: readonly number[], negative: readonly number[]): number {
  let difference = -bound;
  let magnitude = Math.abs(bound) + SMALLEST_NORMAL;
  let isWhole = Number.isInteger(bound);
  for (const [index, { coefficient }] of terms.entries()) {
    const value = (coefficient > 0 ? positive : negative)[index] ?? Number.NaN;
    difference += coefficient * value;
    magnitude += (Math.abs(coefficient) + SMALLEST_NORMAL) * (Math.abs(value) + SMALLEST_NORMAL);
    isWhole &&= Number.isInteger(coefficient) && Number.isInteger(value);
  }
  const isExact = isWhole && magnitude < 2 ** 53 - 1;
  const error = Number.EPSILON * (terms.length + 8) * magnitude; // not finite when anything overflowed
  if (isExact || Math.abs(difference) > error) return Math.sign(difference);

  const products = terms.map(({ coefficient }, index): Decimal => {
    const value = (coefficient > 0 ? positive : negative)[index];
    if (value === undefined || !Number.isFinite(value)) {
      throw mismatch("BAD_VALUE", "a finite number", show(value));
    }
    const [a, exponent] = toDecimal(coefficient);
    const [b, other] = toDecimal(value);
    return [a * b, exponent + other];
  });
  return Math.sign(Number(products.reduce(addDecimals, toDecimal(-bound))[0]));
}
