import { MutatorError } from "./errors.ts";
import type { WrittenConfiguration } from "./key.ts";
import { parseConstraint } from "./parse-constraint.ts";
import { show } from "./show.ts";
import { type FullSpace, Space } from "./space.ts";

/**
 * The part of a space in which only the named parameters are drawn. Parameters that decide whether these take part, or
 * that a constraint ties to them, come along with their given values fixed; whatever else there is stays out.
 * @throws ZodError for a space that is none; MutatorError `UNKNOWN_PARAMETER`, or `BAD_VALUE` where a value that is
 * needed is not given.
 */
export function subspace(input: Space, drawn: readonly string[], values: WrittenConfiguration): FullSpace {
  const space = Space.parse(input);
  const constraints = space.constraints.filter((text) => namesIn(text).some((name) => drawn.includes(name)));
  const dependants = new Map<string, string>();
  const need = (name: string, dependant: string): void => {
    if (dependants.has(name)) return;
    dependants.set(name, dependant);
    for (const parent of Object.keys(space.parameters[name]?.when ?? {})) need(parent, name);
  };
  for (const name of drawn) need(name, name);
  for (const text of constraints) for (const name of namesIn(text)) need(name, text);

  const parameters = [...dependants].map(([name, dependant]) => {
    const parameter = Object.hasOwn(space.parameters, name) ? space.parameters[name] : undefined;
    if (!parameter)
      throw new MutatorError("UNKNOWN_PARAMETER", `Expected a parameter of the space, found ${show(name)}`);
    if (drawn.includes(name)) return [name, parameter] as const;
    const value = values[name] ?? undefined;
    if (value === undefined) {
      throw new MutatorError(
        "BAD_VALUE",
        `Expected a value of ${name}, on which ${show(dependant)} depends, found none`,
      );
    }
    return [name, { ...parameter, value }] as const;
  });
  return { parameters: Object.fromEntries(parameters), constraints };
}

function namesIn(constraint: string): readonly string[] {
  return parseConstraint(constraint).terms.map(({ name }) => name);
}
