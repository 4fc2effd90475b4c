import { axesOf, exactIndex, valuesOf } from "./axis.ts";
import { bindConstraint } from "./bound-constraint.ts";
import { MutatorError } from "./errors.ts";
import { isSeed } from "./is-seed.ts";
import { type Issue, issue } from "./parameter-rules.ts";
import { parseConstraint } from "./parse-constraint.ts";
import type { FullSpace } from "./space.ts";

/** Everything that is wrong with how valid parameters and constraints go together; nothing when the space is valid. */
export function spaceIssues(space: FullSpace): readonly Issue[] {
  for (const rule of [conditionIssues, cycleIssues, constraintIssues]) {
    const issues = [...rule(space)];
    if (issues.length > 0) return issues; // each rule trusts the ones before it
  }
  return [];
}

function* conditionIssues({ parameters }: FullSpace): Generator<Issue, void> {
  const drawable = new Map(Object.entries(parameters).filter(([name, parameter]) => !isSeed(name, parameter)));
  for (const [name, { when = {} }] of Object.entries(parameters)) {
    for (const [parent, wanted] of Object.entries(when)) {
      const path = ["parameters", name, "when", parent];
      const found = drawable.get(parent);
      if (!drawable.has(name)) {
        yield issue(path, "no condition on a seed", parent);
      } else if (!found || parent === name) {
        const others = [...drawable.keys()].filter((other) => other !== name);
        yield issue(path, `another parameter (${others.join(", ")})`, parent);
      } else {
        const values = [wanted].flat();
        if (values.length === 0) yield issue(path, "a value", values);
        // every value that the parent could have if it were not fixed
        const isOpen = found.range ?? found.choices ?? found.type === "bool";
        const axis = valuesOf(isOpen ? { ...found, value: undefined } : found);
        for (const value of values) {
          if (exactIndex(axis, value) === undefined) yield issue(path, `values of ${parent}`, value);
        }
      }
    }
  }
}

function* cycleIssues({ parameters }: FullSpace): Generator<Issue, void> {
  const seen = new Set<string>();
  function* follow(name: string, path: readonly string[]): Generator<Issue, void> {
    if (path.includes(name)) {
      const cycle = [...path.slice(path.indexOf(name)), name].join(" when ");
      yield issue(["parameters", name, "when"], "no cycle", cycle);
    }
    if (seen.has(name)) return;
    seen.add(name);
    for (const parent of Object.keys(parameters[name]?.when ?? {})) yield* follow(parent, [...path, name]);
  }
  for (const name of Object.keys(parameters)) yield* follow(name, []);
}

function* constraintIssues(space: FullSpace): Generator<Issue, void> {
  const axes = axesOf({ ...space, constraints: [] });
  for (const [index, text] of space.constraints.entries()) {
    try {
      bindConstraint(parseConstraint(text), axes);
    } catch (error) {
      if (!(error instanceof MutatorError)) throw error;
      yield { path: ["constraints", index], message: error.message.replace("E", "e") };
    }
  }
}
