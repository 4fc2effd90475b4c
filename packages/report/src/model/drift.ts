import { type Association, association, type CostBasis } from "@ea/analysis";
import type { Chapter, Run } from "./report-data.ts";

/** Compared runs in the order in which they started. */
export interface Drift {
  readonly points: readonly DriftPoint[];
  /** Whether `level` is a mean power; else it is a duration. */
  readonly isPower: boolean;
  /** Of the level with the order. */
  readonly level: Association | undefined;
  /** Of the deviation with the order. */
  readonly deviation: Association | undefined;
}

/** One run. */
interface DriftPoint {
  readonly run: Run;
  /** W, or seconds where there is no energy. */
  readonly level: number;
  /** How far its cost is from the mean of its configuration, as a share; `null` without a repetition. */
  readonly deviation: number | null;
}

/** Whether what was measured changed while the session went on. */
export function driftOf(chapter: Chapter, basis: CostBasis): Drift {
  const isPower = basis.kind !== "none";
  const points = chapter.runs
    .filter(({ leftOut }) => leftOut === null)
    .toSorted((a, b) => a.startedMs - b.startedMs)
    .flatMap((run) => {
      const level = isPower ? run.watts : run.seconds;
      const cost = run.configuration === null ? undefined : chapter.configurations[run.configuration]?.cost;
      const deviation = cost && cost.n > 1 && cost.mean > 0 && run.cost !== null ? run.cost / cost.mean - 1 : null;
      return level === null ? [] : [{ run, level, deviation }];
    });
  const order = points.map((_, index) => index);
  const repeated = points.flatMap(({ deviation }) => deviation ?? []);
  return {
    points,
    isPower,
    level: association(
      order,
      points.map(({ level }) => level),
    ),
    deviation: association(
      repeated.map((_, index) => index),
      repeated,
    ),
  };
}
