import { type Association, association } from "@ea/analysis";
import type { Chapter } from "./report-data.ts";

/** How a hyperparameter goes with cost and metric. */
export interface Effect {
  /** Position of the parameter. */
  readonly index: number;
  readonly name: string;
  readonly cost: Association | undefined;
  readonly metric: Association | undefined;
}

/** The hyperparameters that vary, the one that goes most with the cost first. */
export function effectsOf(chapter: Chapter, metric: number | null): readonly Effect[] {
  const runs = chapter.runs.filter(({ leftOut }) => leftOut === null);
  return chapter.parameters
    .map((parameter, index) => ({ parameter, index }))
    .filter(({ parameter }) => parameter.isVaried && !parameter.isSeed)
    .map(({ parameter: { name }, index }) => {
      const known = runs.flatMap((run) => {
        const value = run.parameters[index] ?? null;
        return value === null || run.cost === null ? [] : [{ value, run, cost: run.cost }];
      });
      const measured = known.flatMap(({ value, run }) => {
        const outcome = metric === null ? null : (run.metrics[metric] ?? null);
        return outcome === null ? [] : [{ value, outcome }];
      });
      return {
        index,
        name,
        cost: association(
          known.map(({ value }) => value),
          known.map(({ cost }) => cost),
        ),
        metric: association(
          measured.map(({ value }) => value),
          measured.map(({ outcome }) => outcome),
        ),
      };
    })
    .sort((a, b) => Math.abs(b.cost?.value ?? 0) - Math.abs(a.cost?.value ?? 0));
}
