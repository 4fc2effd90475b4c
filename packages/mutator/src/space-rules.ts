import { axesOf, conditionValues, exactIndex, valuesOf } from "./axis.ts";
import { bindConstraint } from "./bound-constraint.ts";
import { MutatorError } from "./errors.ts";
import { isSeed } from "./is-seed.ts";
import type { Parameter } from "./parameter.ts";
import type { ParameterIssue } from "./parameter-rules.ts";
import { parseConstraint } from "./parse-constraint.ts";
import { show } from "./show.ts";
import type { FullSpace } from "./space.ts";
import type { Value } from "./value.ts";

/** Everything that is wrong with how valid parameters and constraints go together; nothing when the space is valid. */
export function spaceIssues(space: FullSpace): readonly ParameterIssue[] {
  const issues = Object.keys(space.parameters).flatMap((name) => conditionIssues(space, name));
  return issues.length > 0 ? issues : [...cycleIssues(space), ...constraintIssues(space)];
}

function conditionIssues({ parameters }: FullSpace, name: string): ParameterIssue[] {
  const parameter = parameters[name];
  const conditions = Object.entries(parameter?.when ?? {});
  if (!parameter || conditions.length === 0) return [];
  const issue = (path: readonly string[], expected: string, found: string): ParameterIssue => ({
    path: ["parameters", name, "when", ...path],
    message: `expected ${expected}, found ${found}`,
  });
  if (isSeed(name, parameter)) return [issue([], "no condition on a seed", "one")];
  return conditions.flatMap(([parent, wanted]) => {
    const found = Object.hasOwn(parameters, parent) ? parameters[parent] : undefined;
    if (parent === name || !found || isSeed(parent, found)) {
      const others = Object.entries(parameters).filter(([other, spec]) => other !== name && !isSeed(other, spec));
      return [issue([parent], `another parameter (${others.map(([other]) => other).join(", ")})`, show(parent))];
    }
    const values = conditionValues(wanted);
    if (values.length === 0) return [issue([parent], "at least 1 value", "none")];
    const axis = valuesOf(unfixed(found));
    return values.flatMap((value) => {
      const why = missing(axis, value);
      return why === undefined ? [] : [issue([parent], `values that ${parent} can have`, `${show(value)}${why}`)];
    });
  });
}

/** A condition may name every value that its parent could have if it were not fixed. */
function unfixed(parameter: Parameter): Parameter {
  const { value, ...open } = parameter;
  const hasOthers = open.range !== undefined || open.choices !== undefined || open.type === "bool";
  return hasOthers ? open : parameter;
}

function missing(axis: Parameters<typeof exactIndex>[0], value: Value): string | undefined {
  try {
    return exactIndex(axis, value) === undefined ? "" : undefined;
  } catch (error) {
    if (error instanceof MutatorError) return ` (${error.message})`;
    throw error;
  }
}

function cycleIssues({ parameters }: FullSpace): ParameterIssue[] {
  const parentsOf = (name: string): readonly string[] => Object.keys(parameters[name]?.when ?? {});
  const done = new Set<string>();
  const cycleFrom = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const parent of parentsOf(name)) {
      const cycle = cycleFrom(parent, [...path, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of Object.keys(parameters)) {
    const cycle = cycleFrom(name, []);
    if (!cycle) continue;
    const message = `expected conditions without a cycle, found ${cycle.join(" when ")}`;
    return [{ path: ["parameters", cycle[0] ?? name, "when"], message }];
  }
  return [];
}

function constraintIssues(space: FullSpace): ParameterIssue[] {
  if (cycleIssues(space).length > 0) return [];
  const axes = axesOf({ ...space, constraints: [] });
  return space.constraints.flatMap((text, index) => {
    try {
      bindConstraint(parseConstraint(text), axes);
      return [];
    } catch (error) {
      if (!(error instanceof MutatorError)) throw error;
      return [
        { path: ["constraints", index], message: `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}` },
      ];
    }
  });
}
