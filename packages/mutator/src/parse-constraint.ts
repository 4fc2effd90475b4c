import { addDecimals, type Decimal, fromDecimal, toDecimal } from "./decimal.ts";
import { type MutatorError, mismatch } from "./errors.ts";
import { ACCEPTED_SIGNS, type ComparisonOperator, type LinearConstraint } from "./linear-constraint.ts";
import { show } from "./show.ts";

// No pattern can match one text in two ways, so time grows with the length alone
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i;
const NAME = /^[\p{L}_][\p{L}\p{M}\p{Nd}_.]*|^`([^`]+)`/u;
/** The operators that say another thing from the other side. */
const MIRRORED: Readonly<Partial<Record<ComparisonOperator, ComparisonOperator>>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
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
    unexpected(`${expected} at position ${text.length - rest.length} in ${show(text)}`, rest || undefined);
  const skip = (length: number): void => {
    rest = rest.slice(length).trimStart();
  };
  /** The text of a token that comes next, else an empty one. */
  const take = (token: RegExp): string => {
    const [whole = "", inner = whole] = token.exec(rest) ?? [];
    skip(whole.length);
    return inner;
  };
  const addSum = (side: bigint): void => {
    do {
      let [sign, number, name] = [side, "", CONSTANT];
      do {
        while (take(/^-/)) sign = -sign;
        const before = rest;
        number ||= take(NUMBER);
        if (rest === before) name ||= take(NAME);
        if (rest === before) throw refusal("a number, a name or their product");
      } while (take(/^\*/));
      const value = Number(number || 1);
      const isTooSmall = value === 0 && /^[0.]*[1-9]/.test(number);
      if (isTooSmall || !Number.isFinite(value)) throw unwritable(number);
      const [integer, exponent] = toDecimal(value);
      sums.set(name, addDecimals(sums.get(name) ?? toDecimal(0), [sign * integer, exponent]));
    } while (take(/^\+/) || rest.startsWith("-")); // a term takes its "-" itself
  };

  addSum(1n);
  const operators = [...ACCEPTED_SIGNS.keys()];
  const written = operators.find((operator) => rest.startsWith(operator));
  if (!written) throw refusal(`"+", "-" or one of ${operators.join(" ")}`);
  skip(written.length);
  addSum(-1n);
  if (rest) throw refusal('"+", "-" or the end');

  const [constant, ...factors] = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sum]) => ({ name, coefficient: toNumber(sum, text) }));
  const terms = factors.filter((factor) => factor.coefficient !== 0);
  const [first] = terms;
  if (!constant || !first) throw unexpected("a constraint on a parameter", text);
  const sign = first.coefficient < 0 ? -1 : 1;
  return {
    text,
    terms: terms.map((term) => ({ ...term, coefficient: sign * term.coefficient })),
    operator: (sign < 0 && MIRRORED[written]) || written,
    bound: 0 - sign * constant.coefficient,
  };
}

/** The number that spells a decimal: what would have to be rounded is refused. */
function toNumber(sum: Decimal, text: string): number {
  const number = fromDecimal(...sum);
  if (Number.isFinite(number) && addDecimals(toDecimal(-number), sum)[0] === 0n) return number;
  throw unwritable(text);
}

function unwritable(found: string): MutatorError {
  return unexpected("numbers of at most 15 digits from 5e-324 to 1.8e308", found);
}

function unexpected(expected: string, found: string | undefined): MutatorError {
  return mismatch("BAD_CONSTRAINT", expected, show(found));
}
