import { conditionValues } from "./axis.ts";
import { canonicalText, canonicalValue } from "./canonical.ts";
import { MutatorError } from "./errors.ts";
import { isSeed } from "./is-seed.ts";
import type { Parameter } from "./parameter.ts";
import { show } from "./show.ts";
import { type FullSpace, fullSpace, type Space } from "./space.ts";
import type { Configuration, Value } from "./value.ts";

/** Values by name as records and tables have them: absent and `null` mean "not passed", texts are read as their type. */
export type WrittenConfiguration = Readonly<Record<string, Value | null | undefined>>;

/**
 * The canonical string of a configuration: `name=text` pairs in the order of their names (by code units), joined by
 * commas. Equal keys mean equal configurations. Seeds are left out, and so is what takes no part: parameters whose
 * conditions the configuration does not meet. `,`, `=`, `%`, white space and control characters are percent-encoded.
 * @throws MutatorError `UNKNOWN_PARAMETER` for a name that the space lacks, `BAD_VALUE` for a value of the wrong type.
 */
export function configurationKey(space: Space, configuration: WrittenConfiguration): string {
  return keyOf(canonicalConfiguration(space, configuration));
}

/** The key of a canonical configuration. */
export function keyOf(configuration: Configuration): string {
  return Object.keys(configuration)
    .sort()
    .map((name) => `${encode(name)}=${encode(String(configuration[name]))}`)
    .join(",");
}

/**
 * The configuration that a key spells, each value of its parameter's type.
 * @throws MutatorError `BAD_KEY` for a text that is no key, and what `configurationKey` throws.
 */
export function parseKey(space: Space, key: string): Configuration {
  const pairs = key === "" ? [] : key.split(",").map((pair) => pair.split("="));
  const entries = pairs.map(([name = "", text, ...rest]) => {
    if (text === undefined || rest.length > 0) throw badKey(key);
    return [decode(name, key), decode(text, key)] as const;
  });
  const configuration = Object.fromEntries(entries);
  if (Object.keys(configuration).length < entries.length) throw badKey(key);
  return canonicalConfiguration(space, configuration);
}

/**
 * A configuration with canonical values, without seeds, absent values and what takes no part.
 * @throws MutatorError `UNKNOWN_PARAMETER` or `BAD_VALUE`.
 */
export function canonicalConfiguration(input: Space, written: WrittenConfiguration): Configuration {
  const space = fullSpace(input);
  const given = Object.entries(written).flatMap(([name, value]) => {
    const parameter = parameterOf(space, name);
    if (value === null || value === undefined || isSeed(name, parameter)) return [];
    return [[name, canonicalIn(name, parameter, value)] as const];
  });
  const values = Object.fromEntries(given);
  const known = new Map<string, boolean>();
  return Object.fromEntries(given.filter(([name]) => takesPart(space, values, name, known)));
}

/** Whether the conditions of a parameter, and those of its parents, hold; `known` keeps the answers. */
function takesPart(
  { parameters }: FullSpace,
  values: Configuration,
  name: string,
  known: Map<string, boolean>,
): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const isMet = Object.entries(parameters[name]?.when ?? {}).every(([parent, wanted]) => {
    const value = Object.hasOwn(values, parent) ? values[parent] : undefined;
    const parameter = parameters[parent];
    if (value === undefined || parameter === undefined) return false;
    if (!takesPart({ parameters, constraints: [] }, values, parent, known)) return false;
    return conditionValues(wanted).some((one) => canonicalText(parameter, one) === String(value));
  });
  known.set(name, isMet);
  return isMet;
}

function parameterOf({ parameters }: FullSpace, name: string): Parameter {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter !== undefined) return parameter;
  const known = Object.keys(parameters).sort().join(", ");
  throw new MutatorError("UNKNOWN_PARAMETER", `Expected a parameter of the space (${known}), found ${show(name)}`);
}

function canonicalIn(name: string, parameter: Parameter, value: unknown): Value {
  try {
    return canonicalValue(parameter, value);
  } catch (cause) {
    if (!(cause instanceof MutatorError)) throw cause;
    throw new MutatorError(cause.code, `Parameter ${show(name)}: ${cause.message}`, { cause });
  }
}

function encode(text: string): string {
  return text.replace(/[,=%\s\p{Cc}]/gu, encodeURIComponent);
}

function decode(text: string, key: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw badKey(key, { cause });
  }
}

function badKey(key: string, options?: ErrorOptions): MutatorError {
  return new MutatorError(
    "BAD_KEY",
    `Expected distinct name=value pairs joined by commas, found ${show(key)}`,
    options,
  );
}
