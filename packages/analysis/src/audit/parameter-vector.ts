import { type AuditRun, modelOf } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import { groupBy } from "./robust.ts";
import type { Thresholds } from "./thresholds.ts";

/** Parameters that a record does not tell though others of its model do, and values that were passed with too few digits. */
export function parameterVectors(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  return groupBy(runs, modelOf).flatMap((model) => {
    const names = [...new Set(model.flatMap(({ parameters }) => Object.keys(parameters)))];
    return model.flatMap((run) => [...incomplete(run, names), ...rounded(run, thresholds)]);
  });
}

function incomplete(run: AuditRun, names: readonly string[]): readonly Finding[] {
  const lacks = names.filter((name) => !Object.hasOwn(run.parameters, name));
  if (lacks.length === 0) return [];
  const text = `it does not tell ${lacks.join(", ")}, which other runs of its model do: their values are those of the script, whatever these are`;
  return [finding(run, "incomplete-parameters", "warning", text, { parameters: lacks })];
}

function rounded(run: AuditRun, { roundedShare, parameterShare }: Thresholds): readonly Finding[] {
  return run.mutated.flatMap((name) => {
    const [asked, told] = [run.parameters[name], run.echoed[name]?.value];
    if (typeof asked !== "number" || typeof told !== "number" || asked === 0) return [];
    const share = Math.abs(told / asked - 1);
    if (share <= roundedShare || share > Math.max(parameterShare, MOST_ROUNDED)) return [];
    const text = `${name} ${asked} was asked for and ${told} passed: ${(100 * share).toFixed(1)} % off, as it was written with too few digits`;
    return [finding(run, "parameter-rounded", "warning", text, { parameter: name, asked, told })];
  });
}

/** Six decimals of 0.00001 are off by no more. */
const MOST_ROUNDED = 0.1;
