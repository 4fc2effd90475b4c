import { type Goal, paretoFront } from "@ea/analysis";
import type { MeanInterval } from "./mean-interval.ts";
import type { Chapter, Configuration } from "./report-data.ts";

/** A configuration as a point of cost and metric. */
export interface TradeOffPoint {
  /** Position of the configuration. */
  readonly index: number;
  readonly configuration: Configuration;
  readonly metric: MeanInterval;
  readonly x: number;
  readonly y: number;
  readonly isOptimal: boolean;
}

/** The configurations that have the metric, and which of them no other one beats; front by ascending cost. */
export function tradeOff(
  chapter: Chapter,
  metric: number,
  goal: Goal,
): { readonly points: readonly TradeOffPoint[]; readonly front: readonly TradeOffPoint[] } {
  const points = chapter.configurations.flatMap((configuration, index) => {
    const interval = configuration.metrics[metric];
    return interval ? [{ index, configuration, metric: interval, x: configuration.cost.mean, y: interval.mean }] : [];
  });
  const optimal = new Set(paretoFront(points, goal).map(({ index }) => index));
  const marked = points.map((point) => ({ ...point, isOptimal: optimal.has(point.index) }));
  return { points: marked, front: marked.filter(({ isOptimal }) => isOptimal).sort((a, b) => a.x - b.x) };
}
