import { mismatch } from "./errors.ts";
import type { Parameter } from "./parameter.ts";
import { show } from "./show.ts";
import type { Value } from "./value.ts";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

interface Reader {
  readonly expected: string;
  readonly read: (value: unknown, parameter: Parameter) => Value | undefined;
}

/** How each type reads a value; `undefined` where it cannot. */
export const READERS: Readonly<Record<Parameter["type"], Reader>> = {
  int: { expected: "an integer", read: numberReader(Number.isSafeInteger) },
  float: { expected: "a finite number", read: numberReader(Number.isFinite) },
  bool: {
    expected: "true or false",
    read: (value) => [true, false].find((known) => known === value || String(known) === value),
  },
  categorical: { expected: "a string, finite number or boolean", read: toChoice },
};

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
  return namedValue(`type ${parameter.type}`, parameter, value);
}

/** The same; messages say what the value is for. */
export function namedValue(owner: string, parameter: Parameter, value: unknown): Value {
  const found = readValue(parameter, value);
  if (found !== undefined) return found;
  throw mismatch("BAD_VALUE", `${READERS[parameter.type].expected} for ${owner}`, show(value));
}

/** The same; `undefined` for a value that does not fit. */
export function readValue(parameter: Parameter, value: unknown): Value | undefined {
  const found = READERS[parameter.type].read(value, parameter);
  return found === 0 ? 0 : found;
}

/** Makes -0 a plain 0. */
export function plainZero(value: Value): Value {
  return value === 0 ? 0 : value;
}

function numberReader(fits: (number: number) => boolean): Reader["read"] {
  return (value) => {
    const isNumeric = typeof value === "number" || (typeof value === "string" && NUMBER.test(value));
    return isNumeric && fits(Number(value)) ? Number(value) : undefined;
  };
}

function toChoice(value: unknown, { choices = [], value: fixed, default: standard }: Parameter): Value | undefined {
  if (!isValue(value)) return undefined;
  const text = String(value);
  return [...choices, fixed, standard, value].filter(isValue).find((known) => String(known) === text);
}

function isValue(value: unknown): value is Value {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
