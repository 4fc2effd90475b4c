import { type Goal, type MetricDrop, metricGoal } from "@ea/analysis";
import { configError } from "@ea/runner";

/** The metric of `--metric NAME`, `NAME:min` or `NAME:max`. */
export function metricRequest(text: string): { readonly name: string; readonly goal: Goal } {
  const [, name, goal] = /^(.*):(min|max)(?:imi[sz]e)?$/.exec(text) ?? [];
  if (name !== undefined && goal !== undefined) return { name, goal: goal === "min" ? "min" : "max" };
  return { name: text, goal: metricGoal(text) };
}

/**
 * What may be given up, of `--max-drop`: `0.01`, `1pp` (of a share), `1%` (of the best value).
 *
 * @throws {RunnerError} `CONFIG` for anything else.
 */
export function dropRequest(text: string): MetricDrop {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*(pp|%)?\s*$/.exec(text) ?? [];
  if (number === undefined) {
    const message = `expected 0.01, 1pp or 1%, found "${text}"`;
    throw configError([{ file: undefined, path: "--max-drop", message }]);
  }
  const value = Number(number);
  if (unit === "%") return { kind: "relative", value: value / 100 };
  return { kind: "absolute", value: unit === "pp" ? value / 100 : value };
}
