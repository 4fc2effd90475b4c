import { type FullSpace, parseConstraint } from "@ea/mutator";
import type { ParameterValue } from "@ea/records";
import { configError } from "./errors.ts";
import type { RepositoryConfig } from "./models-config.ts";

/**
 * The part of a repository's space in which only the named parameters are drawn. Parameters that decide whether these
 * take part, or that a constraint ties to them, come along with their standing values fixed; the others stay out.
 *
 * @throws {RunnerError} `CONFIG` where a value that is needed is not passed.
 */
export function drawingSpace(
  {
    supported_hyperparams: parameters,
    constraints: all,
  }: Pick<RepositoryConfig, "supported_hyperparams" | "constraints">,
  drawn: readonly string[],
  standing: Readonly<Record<string, ParameterValue>>,
): FullSpace {
  const constraints = all.filter((text) => namesIn(text).some((name) => drawn.includes(name)));
  const dependants = new Map<string, string>();
  const need = (name: string, dependant: string): void => {
    if (dependants.has(name)) return;
    dependants.set(name, dependant);
    for (const parent of Object.keys(parameters[name]?.when ?? {})) need(parent, name);
  };
  for (const name of drawn) need(name, name);
  for (const text of constraints) for (const name of namesIn(text)) need(name, text);

  const entries = [...dependants].flatMap(([name, dependant]) => {
    const parameter = parameters[name];
    if (!parameter) return [];
    if (drawn.includes(name)) return [[name, parameter] as const];
    const value = standing[name] ?? null;
    if (value === null) throw unknownValue(name, dependant);
    return [[name, { ...parameter, value }] as const];
  });
  return { parameters: Object.fromEntries(entries), constraints };
}

function namesIn(constraint: string): readonly string[] {
  return parseConstraint(constraint).terms.map(({ name }) => name);
}

function unknownValue(name: string, dependant: string): Error {
  const message = `expected a value of ${name}, on which "${dependant}" depends (a default, or mutate it as well), found none`;
  return configError([{ file: undefined, path: "--mutate", message }]);
}
