import { canonicalText } from "./canonical.ts";
import { MutatorError } from "./errors.ts";
import type { Parameter } from "./parameter.ts";
import { isSeed } from "./seeds.ts";
import { show } from "./show.ts";
import type { Space } from "./space.ts";
import type { Configuration } from "./value.ts";

/**
 * The canonical string of a configuration: `name=text` pairs in the order of their names (by code units), joined by
 * commas. Equal keys mean equal configurations. Seeds are left out; `,`, `=`, `%`, white space and control characters
 * are percent-encoded.
 * @throws MutatorError `UNKNOWN_PARAMETER` for a name that the space lacks, `BAD_VALUE` for a value of the wrong type.
 */
export function configurationKey(space: Space, configuration: Configuration): string {
  return Object.keys(configuration)
    .sort()
    .flatMap((name) => {
      const parameter = Object.hasOwn(space, name) ? space[name] : undefined;
      if (parameter === undefined) throw unknownParameter(space, name);
      return isSeed(name, parameter) ? [] : [`${encode(name)}=${encode(textOf(name, parameter, configuration[name]))}`];
    })
    .join(",");
}

function unknownParameter(space: Space, name: string): MutatorError {
  const known = Object.keys(space).sort().join(", ");
  return new MutatorError("UNKNOWN_PARAMETER", `Expected a parameter of the space (${known}), found ${show(name)}`);
}

function textOf(name: string, parameter: Parameter, value: unknown): string {
  try {
    return canonicalText(parameter, value);
  } catch (cause) {
    if (!(cause instanceof MutatorError)) throw cause;
    throw new MutatorError(cause.code, `Parameter ${show(name)}: ${cause.message}`, { cause });
  }
}

function encode(text: string): string {
  return text.replace(/[,=%\s\p{Cc}]/gu, encodeURIComponent);
}
