import { MutatorError } from "./errors.ts";
import type { Parameter } from "./parameter.ts";
import { show } from "./show.ts";
import type { Value } from "./value.ts";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The one string of a value: its part of the key and its command-line argument. Nothing is rounded: drawn values lie on
 * their lattice already, and what people wrote keeps its digits.
 * @throws MutatorError `BAD_VALUE` for a value that does not fit the parameter's type.
 */
export function canonicalText(parameter: Parameter, value: unknown): string {
  return String(canonicalValue(parameter, value));
}

/**
 * The JSON value that a value means to a parameter: 10, 10.0, "10" and "1e1" are all the int 10, -0 is 0.
 * A categorical value outside the choices is kept, of the type of the fixed value or the default where it spells one.
 * @throws MutatorError `BAD_VALUE` for a value that does not fit the parameter's type.
 */
export function canonicalValue(parameter: Parameter, value: unknown): Value {
  const { read, expected } = READERS[parameter.type];
  const found = read(value, parameter);
  if (found !== undefined) return found;
  throw new MutatorError("BAD_VALUE", `Expected ${expected}, found ${show(value)}`);
}

interface Reader {
  readonly read: (value: unknown, parameter: Parameter) => Value | undefined;
  readonly expected: string;
}

const READERS: Readonly<Record<Parameter["type"], Reader>> = {
  int: { read: toInteger, expected: "an integer for type int" },
  float: { read: toNumber, expected: "a finite number for type float" },
  bool: { read: toBoolean, expected: "true or false for type bool" },
  categorical: { read: toChoice, expected: "a string, finite number or boolean for type categorical" },
};

function toInteger(value: unknown): number | undefined {
  const number = toNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function toNumber(value: unknown): number | undefined {
  const isNumeric = typeof value === "number" || (typeof value === "string" && NUMBER.test(value));
  const number = isNumeric ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number + 0 : undefined; // + 0 makes -0 a plain 0
}

function toBoolean(value: unknown): boolean | undefined {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  return undefined;
}

function toChoice(value: unknown, parameter: Parameter): Value | undefined {
  const isScalar = typeof value === "string" || typeof value === "boolean" || typeof value === "number";
  if (!isScalar || (typeof value === "number" && !Number.isFinite(value))) return undefined;
  const text = String(value);
  const known = [...(parameter.choices ?? []), parameter.value, parameter.default];
  const found = known.find((choice) => choice !== undefined && choice !== null && String(choice) === text) ?? value;
  return typeof found === "number" ? found + 0 : found;
}
