import { namedValue, readValue } from "./canonical.ts";
import { mismatch } from "./errors.ts";
import { isSeed } from "./is-seed.ts";
import { show } from "./show.ts";
import { parametersOf, type Space } from "./space.ts";
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
  const pairs = key === "" ? [] : key.split(",").map((pair) => pair.split("=").map(decode));
  const texts = new Map(pairs.map(([name = "", text]) => [name, text]));
  if (texts.size === pairs.length && pairs.every((pair) => pair.length === 2 && !pair.includes(undefined)))
    return canonicalConfiguration(space, Object.fromEntries(texts));
  throw mismatch("BAD_KEY", "distinct name=value pairs", show(key));
}

/**
 * A configuration with canonical values, without seeds, absent values and what takes no part.
 * @throws MutatorError `UNKNOWN_PARAMETER` or `BAD_VALUE`.
 */
export function canonicalConfiguration(space: Space, written: WrittenConfiguration): Configuration {
  const parameters = new Map(Object.entries(parametersOf(space)));
  const values = new Map<string, Value>();
  for (const [name, value] of Object.entries(written)) {
    const parameter = parameters.get(name);
    if (!parameter) {
      throw mismatch("UNKNOWN_PARAMETER", `a parameter (${[...parameters.keys()].sort().join(", ")})`, show(name));
    }
    if (value === null || value === undefined || isSeed(name, parameter)) continue;
    values.set(name, namedValue(`parameter ${show(name)}`, parameter, value));
  }
  const isMet = ([parent, wanted]: [string, Value | readonly Value[]]): boolean => {
    const parameter = parameters.get(parent);
    return [wanted].flat().some((one) => parameter && readValue(parameter, one) === values.get(parent));
  };
  let size: number;
  do {
    size = values.size; // a parent that goes takes its children along in the next round
    for (const name of values.keys()) {
      if (!Object.entries(parameters.get(name)?.when ?? {}).every(isMet)) values.delete(name);
    }
  } while (values.size < size);
  return Object.fromEntries(values);
}

function encode(text: string): string {
  return text.replace(/[,=%\s\p{Cc}]/gu, encodeURIComponent);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
