import { addDecimals, type Decimal, fromDecimal, toDecimal } from "./decimal.ts";
import { MutatorError } from "./errors.ts";
import type { ComparisonOperator, LinearConstraint } from "./linear-constraint.ts";
import { show } from "./show.ts";

// No pattern can match one text in two ways, so time grows with the length alone
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i;
const NAME = /^[\p{L}_][\p{L}\p{M}\p{Nd}_.]*|^`([^`]+)`/u;
const OPERATOR = /^[<>=!]=|^[<>]/;
/** Each with the one that says the same from the other side. */
const OPERATORS: readonly (readonly [ComparisonOperator, ComparisonOperator])[] = [
  ["<", ">"],
  ["<=", ">="],
  ["==", "=="],
  ["!=", "!="],
  [">=", "<="],
  [">", "<"],
];
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
    const { integer, exponent } = readNumber(number || "1");
    sums.set(name, addDecimals(sums.get(name) ?? toDecimal(0), { integer: sign * integer, exponent }));
  };
  const addSum = (side: bigint): void => {
    let sign = "+";
    while (sign) {
      addTerm(sign === "-" ? -side : side);
      sign = take(/^[+-]/);
    }
  };

  addSum(1n);
  const symbol = take(OPERATOR);
  const [operator, mirrored] = OPERATORS.find(([one]) => one === symbol) ?? [];
  if (!operator || !mirrored) throw refusal('"+", "-" or one of < <= == != >= >');
  addSum(-1n);
  if (rest) throw refusal('"+", "-" or the end');

  const [constant, ...factors] = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sum]) => ({ name, coefficient: toNumber(sum, text) }));
  const terms = factors.filter(({ coefficient }) => coefficient !== 0);
  const [first] = terms;
  if (!constant || !first) throw unexpected("a constraint that says something about a parameter", text);
  const sign = first.coefficient < 0 ? -1 : 1;
  return {
    text,
    terms: terms.map(({ name, coefficient }) => ({ name, coefficient: sign * coefficient })),
    operator: sign < 0 ? mirrored : operator,
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
function toNumber({ integer, exponent }: Decimal, text: string): number {
  const number = fromDecimal(integer, exponent);
  if (Number.isFinite(number) && addDecimals(toDecimal(-number), { integer, exponent }).integer === 0n) return number;
  throw unexpected("numbers that add up to at most 15 digits and 1.8e308", text);
}

function unexpected(expected: string, found: string | undefined): MutatorError {
  return new MutatorError("BAD_CONSTRAINT", `Expected ${expected}, found ${show(found)}`);
}
