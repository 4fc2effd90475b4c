import { association, type CostBasis } from "@ea/analysis";
import type { Chapter, Run } from "../model/report-data.ts";
import { clip } from "../text/clip.ts";
import { costWord, metricName } from "../text/names.ts";
import type { Scale } from "../text/scale.ts";
import { type NumericScale, numericScale } from "./numeric-scale.ts";

/** An axis of the parallel coordinates. */
export interface ParallelAxis {
  readonly name: string;
  /** `undefined` for categories. */
  readonly scale: NumericScale | undefined;
  readonly categories: readonly string[];
  /** Where a run meets the axis; `null` when it has no value. */
  readonly position: (run: Run) => number | null;
}

/** More parameters than that are left out, those first that go least with the cost. */
export const MOST_PARAMETERS = 8;
const MOST_METRICS = 3;

/** Axes of a chapter: the parameters that vary, the cost, the metrics. */
export function parallelAxes(
  chapter: Chapter,
  basis: CostBasis,
  { scale, metric }: { readonly scale: Scale; readonly metric: number | null },
): readonly ParallelAxis[] {
  const runs = chapter.runs.filter(({ leftOut }) => leftOut === null);
  const costs = runs.map(({ cost }) => cost ?? 0);
  const varied = chapter.parameters
    .map((parameter, index) => ({ parameter, index }))
    .filter(({ parameter }) => parameter.isVaried && !parameter.isSeed)
    .map((each) => ({ ...each, strength: strengthOf(runs, each.index, costs) }))
    .toSorted((a, b) => b.strength - a.strength)
    .slice(0, MOST_PARAMETERS)
    .toSorted((a, b) => a.index - b.index);
  const metrics = chapter.metrics
    .map((each, index) => ({ each, index }))
    .toSorted((a, b) => Number(b.index === metric) - Number(a.index === metric))
    .slice(0, MOST_METRICS);
  const number = (name: string, wantsLog: boolean, valueOf: (run: Run) => number | null): ParallelAxis => {
    const own = numericScale(
      runs.flatMap((run) => valueOf(run) ?? []),
      wantsLog,
    );
    const position = (run: Run): number | null => {
      const value = valueOf(run);
      return value === null ? null : own.position(value);
    };
    return { name: clip(name, 22), scale: own, categories: [], position };
  };
  return [
    ...varied.map(({ parameter: { name, kind, isLog, categories }, index }): ParallelAxis => {
      if (kind === "number") return number(name, isLog, ({ parameters }) => numberOr(parameters[index]));
      const position = ({ parameters }: Run): number => categories.indexOf(String(parameters[index] ?? null));
      return { name: clip(name, 22), scale: undefined, categories, position };
    }),
    number(
      `${basis.kind === "estimate" ? "est. energy" : costWord(basis)} (${scale.unit})`,
      isWide(costs),
      ({ cost }) => (cost === null ? null : cost / scale.size),
    ),
    ...metrics.map(({ each, index }) =>
      number(metricName(each), false, ({ metrics: values }) => values[index] ?? null),
    ),
  ];
}

/** Whether positive values spread so far that a logarithm shows them better. */
export function isWide(values: readonly number[]): boolean {
  return values.length > 0 && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > 10;
}

function strengthOf(runs: readonly Run[], index: number, costs: readonly number[]): number {
  const values = runs.map(({ parameters }) => parameters[index] ?? "not passed");
  return Math.abs(association(values, costs)?.value ?? 0);
}

function numberOr(value: number | string | null | undefined): number | null {
  return typeof value === "number" ? value : null;
}
