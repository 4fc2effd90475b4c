import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CostAndWorth, Goal, StudyRun } from "@ea/analysis";
import { groupName } from "@ea/analysis";
import { configError } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import { z } from "zod";
import { metricRequest } from "../trade/best-request.ts";
import type { AnalyzeFlags } from "./analyze-options.ts";

/**
 * The metric that was asked for, and which way it is better; neither when none was.
 *
 * @throws {RunnerError} `CONFIG` when no run has it, with the nearest name.
 */
export function askedMetric(
  { metric, goal }: Pick<AnalyzeFlags, "metric" | "goal">,
  runs: readonly StudyRun[],
): { readonly metric: string | undefined; readonly goal: Goal | undefined } {
  if (metric === undefined) return { metric: undefined, goal };
  const asked = metricRequest(metric);
  const names = [...new Set(runs.flatMap(({ record }) => Object.keys(record.performance_metrics)))];
  if (!names.includes(asked.name)) {
    throw refused("--metric", `expected a metric of the runs, found "${asked.name}"${suggestion(asked.name, names)}`);
  }
  return { metric: asked.name, goal: goal ?? asked.goal };
}

/**
 * The runs of the groups that were asked for; all when none was.
 *
 * @throws {RunnerError} `CONFIG` for a group that there is none of, with the nearest name.
 */
export function askedRuns(groups: readonly string[] | undefined, runs: readonly StudyRun[]): readonly StudyRun[] {
  if (groups === undefined) return runs;
  const namesOf = (run: StudyRun): readonly string[] => {
    const { repository, model } = run.record;
    return [groupName(run), `${repository}/${model}`, model, repository];
  };
  const names = [...new Set(runs.flatMap(namesOf))];
  for (const group of groups) {
    if (!names.includes(group)) {
      throw refused("--group", `expected a group of the runs, found "${group}"${suggestion(group, names)}`);
    }
  }
  return runs.filter((run) => namesOf(run).some((name) => groups.includes(name)));
}

/** A difference in per cent, as a share. */
export function detectRequest(text: string): number {
  const [, number] = /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(text) ?? [];
  if (number === undefined || Number(number) === 0)
    throw refused("--detect", `expected per cent such as 2, found "${text}"`);
  return Number(number) / 100;
}

const Point = z.looseObject({ cost: z.number(), metric: z.number() });
const Earlier = z.looseObject({
  groups: z.array(z.looseObject({ group: z.string(), front: z.looseObject({ reference: Point.optional() }) })),
});

/**
 * Reference points of `--reference`: one for all groups, or those of an earlier analysis by the name of the group.
 *
 * @throws {RunnerError} `CONFIG` when it is neither.
 */
export function referenceRequest(
  text: string | undefined,
  workingDirectory: string,
): ((group: string) => CostAndWorth | undefined) | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [x, y] = numbers;
  if (numbers.length === 2 && x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y)) {
    return () => ({ x, y });
  }
  const points = new Map(
    earlierAnalysis(text, workingDirectory).groups.flatMap(({ group, front: { reference } }) => {
      return reference ? [[group, { x: reference.cost, y: reference.metric }] as const] : [];
    }),
  );
  return (group) => points.get(group);
}

function earlierAnalysis(file: string, workingDirectory: string): z.infer<typeof Earlier> {
  let content: string;
  try {
    content = readFileSync(resolve(workingDirectory, file), "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refused("--reference", `expected COST,METRIC or a file that --json wrote, found "${file}" (${reason})`);
  }
  try {
    return Earlier.parse(JSON.parse(content));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw refused("--reference", `expected an analysis that --json wrote in ${file}, found ${reason.slice(0, 200)}`);
  }
}

function refused(path: string, message: string): Error {
  return configError([{ file: undefined, path, message }]);
}
