import { addDecimals, type Decimal, fromDecimal, toDecimal } from "./decimal.ts";
import { type MutatorError, mismatch } from "./errors.ts";
import type { ComparisonOperator, LinearConstraint } from "./linear-constraint.ts";
import { show } from "./show.ts";

// No pattern can match one text in two ways, so time grows with the length alone
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i;
const NAME = /^[\p{L}_][\p{L}\p{M}\p{Nd}_.]*|^`([^`]+)`/u;
const OPERATOR = /^[<>=!]=|^[<>]/;
/** For each operator the one that says the same from the other side. */
const MIRRORED: Readonly<Record<string, ComparisonOperator>> = {
  "<": ">",
  "<=": ">=",
  "==": "==",
  "!=": "!=",
  ">=": "<=",
  ">": "<",
};
/** The name of the constant: no parameter can be written so. */
const CONSTANT = "";

/**
 * Reads a comparison of two sums of numbers, names and products of one number and one name: `"2 * layers + 1 <= depth"`,
 * also with `<`, `==`, `!=`, `>=` or `>`. A name that is not made of letters, digits, `_` and `.`, or starts with a digit
 * or `.`, stands in backquotes: `` "`learning-rate` < 1" ``. Both sides are combined exactly, in decimals, and written
 * with a positive first coefficient, so that `a < b` and `b > a` are one constraint.
 * @throws MutatorError `BAD_CONSTRAINT` for any other text, and one that says nothing about a parameter.
 */
export function parseConstraint(text: string): LinearConstraint {
  let rest = text.trimStart();
  const sums = new Map([[CONSTANT, toDecimal(0)]]);

  const refusal = (expected: string): MutatorError =>
    unexpected(`${expected} at position ${text.length - rest.length} of ${show(text)}`, rest || undefined);
  /** The text of a token that comes next, else an empty one. */
  const take = (token: RegExp): string => {
    const [whole = "", inner = whole] = token.exec(rest) ?? [];
    rest = rest.slice(whole.length).trimStart();
    return inner;
  };
  const addTerm = (side: bigint): void => {
    let [sign, number, name] = [side, "", CONSTANT];
    do {
      while (take(/^-/)) sign = -sign;
      const digits = number ? "" : take(NUMBER);
      const word = name || digits ? "" : take(NAME);
      if (!digits && !word) throw refusal(number || name ? "one number and one name" : 'a number, a name or "-"');
      number ||= digits;
      name ||= word;
    } while (take(/^\*/));
    const factor = readNumber(number || "1");
    sums.set(name, addDecimals(sums.get(name) ?? toDecimal(0), { ...factor, integer: sign * factor.integer }));
  };
  const addSum = (side: bigint): void => {
    do
      addTerm(side); // which takes its "-" itself
    while (take(/^\+/) || rest.startsWith("-"));
  };

  addSum(1n);
  const mirrored = MIRRORED[take(OPERATOR)];
  if (!mirrored) throw refusal('"+", "-" or one of < <= == != >= >');
  addSum(-1n);
  if (rest) throw refusal('"+", "-" or the end');

  const [constant, ...factors] = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sum]) => ({ name, coefficient: toNumber(sum, text) }));
  const terms = factors.filter((factor) => factor.coefficient !== 0);
  const [first] = terms;
  if (!constant || !first) throw unexpected("a constraint that says something about a parameter", text);
  const sign = first.coefficient < 0 ? -1 : 1;
  return {
    text,
    terms: terms.map((term) => ({ ...term, coefficient: sign * term.coefficient })),
    operator: (sign > 0 && MIRRORED[mirrored]) || mirrored,
    bound: 0 - sign * constant.coefficient,
  };
}

function readNumber(digits: string): Decimal {
  const value = Number(digits);
  const isTooSmall = value === 0 && /^[0.]*[1-9]/.test(digits);
  if (!Number.isFinite(value) || isTooSmall) throw unexpected("0 or a number from 5e-324 to 1.8e308", digits);
  return toDecimal(value);
}

/** The number that spells a decimal: what would have to be rounded is refused. */
function toNumber(sum: Decimal, text: string): number {
  const number = fromDecimal(sum.integer, sum.exponent);
  if (Number.isFinite(number) && addDecimals(toDecimal(-number), sum).integer === 0n) return number;
  throw unexpected("numbers that add up to at most 15 digits and 1.8e308", text);
}

function unexpected(expected: string, found: string | undefined): MutatorError {
  return mismatch("BAD_CONSTRAINT", expected, show(found));
}
