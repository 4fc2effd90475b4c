import { type Decimal, fromDecimal, toDecimal } from "./decimal.ts";
import { MutatorError } from "./errors.ts";
import { addDecimals, type ComparisonOperator, type LinearConstraint } from "./linear-constraint.ts";
import { show } from "./show.ts";

interface Token {
  readonly kind: "number" | "name" | "symbol" | "end";
  readonly text: string;
  /** In code units from 0. */
  readonly position: number;
}

interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  next: number;
}

/** `factor` times the value of a parameter; without a name, `factor` alone. */
interface Term {
  readonly name: string | undefined;
  readonly factor: Decimal;
}

/** Factors by name; `undefined` names the constant. */
type Sum = Map<string | undefined, Decimal>;

// No alternative can match one text in two ways, so time grows with the length alone
const TOKEN = /((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{M}\p{Nd}_.]*)|`([^`]+)`|[<>=!]=|\S/gu;
const OPERATORS: readonly ComparisonOperator[] = ["<", "<=", "==", "!=", ">=", ">"];
const ZERO: Decimal = { integer: 0n, exponent: 0 };
const PRODUCT = 'a product is one number "*" one name';
const HINTS = new Map([
  ["=", 'equality is written "=="'],
  ["/", 'a division is written as a product, such as "0.5 * a"'],
  ["(", "sums are written without parentheses"],
  [")", "sums are written without parentheses"],
  ["`", "a name in backquotes is not empty and ends with a second one"],
]);

/**
 * Reads a comparison of two sums of numbers, names and products of one number and one name: `"2 * layers + 1 <= depth"`,
 * also with `<`, `==`, `!=`, `>=` or `>`. A name that is not made of letters, digits, `_` and `.`, or starts with a digit
 * or `.`, stands in backquotes: `` "`learning-rate` < 1" ``. Both sides are combined exactly, in decimals.
 * @throws MutatorError `BAD_CONSTRAINT` for any other text, and one that says nothing about a parameter.
 */
export function parseConstraint(text: string): LinearConstraint {
  const reader: Reader = { text, tokens: tokenize(text), next: 0 };
  const sum: Sum = new Map();
  readSum(reader, sum, 1n);
  const operator = readOperator(reader);
  readSum(reader, sum, -1n);
  if (peek(reader).kind !== "end") throw refusalAfterSum(reader, "the end");
  const names = [...sum.keys()].filter((name) => name !== undefined).sort();
  const terms = names
    .map((name) => ({ name, coefficient: toNumber(sum.get(name) ?? ZERO, `factor of ${show(name)}`, text) }))
    .filter(({ coefficient }) => coefficient !== 0);
  if (terms.length === 0) {
    const expected = "Expected a constraint that says something about a parameter";
    throw new MutatorError("BAD_CONSTRAINT", `${expected}, found ${show(text)}`);
  }
  const constraint = { text, terms, operator, bound: 0 - toNumber(sum.get(undefined) ?? ZERO, "bound", text) };
  return (terms[0]?.coefficient ?? 0) < 0 ? mirrored(constraint) : constraint;
}

/** The same from the other side, so that `a < b` and `b > a` are one constraint. */
function mirrored({ text, terms, operator, bound }: LinearConstraint): LinearConstraint {
  const others: Readonly<Record<string, ComparisonOperator>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
  return {
    text,
    terms: terms.map(({ name, coefficient }) => ({ name, coefficient: -coefficient })),
    operator: others[operator] ?? operator,
    bound: 0 - bound,
  };
}

function tokenize(text: string): readonly Token[] {
  return Array.from(text.matchAll(TOKEN), ({ 0: symbol, 1: number, 2: bare, 3: quoted, index }): Token => {
    const name = bare ?? quoted;
    if (number !== undefined) return { kind: "number", text: number, position: index };
    return { kind: name === undefined ? "symbol" : "name", text: name ?? symbol, position: index };
  });
}

function readSum(reader: Reader, sum: Sum, side: bigint): void {
  let sign = side;
  while (true) {
    const { name, factor } = readTerm(reader);
    const term = { integer: sign * factor.integer, exponent: factor.exponent };
    sum.set(name, addDecimals(sum.get(name) ?? ZERO, term));
    if (take(reader, "+")) sign = side;
    else if (take(reader, "-")) sign = -side;
    else return;
  }
}

function readTerm(reader: Reader): Term {
  const first = readFactor(reader, ["number", "name"]);
  if (!take(reader, "*")) return first;
  const second = readFactor(reader, [first.name === undefined ? "name" : "number"], PRODUCT);
  const exponent = first.factor.exponent + second.factor.exponent;
  return {
    name: first.name ?? second.name,
    factor: { integer: first.factor.integer * second.factor.integer, exponent },
  };
}

function readFactor(reader: Reader, kinds: readonly Token["kind"][], hint?: string): Term {
  const sign = take(reader, "-") ? -1n : 1n;
  const token = peek(reader);
  if (!kinds.includes(token.kind)) {
    const expected = kinds.map((kind) => `a ${kind}`).join(sign < 0n ? " or " : ", ");
    throw refusal(reader, sign < 0n ? expected : `${expected} or "-"`, hint);
  }
  const { integer, exponent } = token.kind === "number" ? readNumber(reader) : { integer: 1n, exponent: 0 };
  reader.next += 1;
  return { name: token.kind === "name" ? token.text : undefined, factor: { integer: sign * integer, exponent } };
}

function readNumber(reader: Reader): Decimal {
  const { text } = peek(reader);
  const value = Number(text);
  const isTooSmall = value === 0 && /^[0.]*[1-9]/.test(text);
  if (!Number.isFinite(value) || isTooSmall) throw refusal(reader, "0 or a number from 5e-324 to 1.8e308");
  return toDecimal(value);
}

function readOperator(reader: Reader): ComparisonOperator {
  const operator = operatorAt(reader);
  if (operator === undefined) throw refusalAfterSum(reader, `one of ${OPERATORS.join(" ")}`);
  reader.next += 1;
  return operator;
}

function operatorAt(reader: Reader): ComparisonOperator | undefined {
  return OPERATORS.find((operator) => isSymbol(peek(reader), operator));
}

function take(reader: Reader, symbol: string): boolean {
  if (!isSymbol(peek(reader), symbol)) return false;
  reader.next += 1;
  return true;
}

function isSymbol({ kind, text }: Token, symbol: string): boolean {
  return kind === "symbol" && text === symbol;
}

function peek({ tokens, next, text }: Reader): Token {
  return tokens[next] ?? { kind: "end", text: "", position: text.length };
}

function refusalAfterSum(reader: Reader, expected: string): MutatorError {
  const token = peek(reader);
  const isProduct = token.kind === "name" || token.kind === "number" || isSymbol(token, "*");
  const chained = operatorAt(reader) && "a chained comparison is written as two constraints";
  return refusal(reader, `"+", "-" or ${expected}`, isProduct ? PRODUCT : chained);
}

function refusal(reader: Reader, expected: string, hint?: string): MutatorError {
  const { kind, text, position } = peek(reader);
  const found = kind === "end" ? undefined : text;
  const reason = (kind === "symbol" ? HINTS.get(text) : undefined) ?? hint;
  const message = `Expected ${expected} at position ${position} of ${show(reader.text)}, found ${show(found)}`;
  return new MutatorError("BAD_CONSTRAINT", reason === undefined ? message : `${message}: ${reason}`);
}

/** The number that spells a decimal: what would have to be rounded is refused. */
function toNumber({ integer, exponent }: Decimal, what: string, text: string): number {
  const number = fromDecimal(integer, exponent);
  if (Number.isFinite(number) && addDecimals(toDecimal(-number), { integer, exponent }).integer === 0n) return number;
  const expected = `Expected numbers that add up to at most 15 digits and 1.8e308 as the ${what}`;
  throw new MutatorError("BAD_CONSTRAINT", `${expected} in ${show(text)}, found more`);
}
