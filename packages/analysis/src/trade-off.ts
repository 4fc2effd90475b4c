import type { ConfigurationRuns } from "./configuration-runs.ts";
import { type CostBasis, costOf } from "./cost-basis.ts";
import type { Goal } from "./metric-goal.ts";
import { paretoFront } from "./pareto-front.ts";
import { type Sample, sampleOf } from "./sample.ts";

/** A configuration as a point of cost and metric, by the means of its runs that have both. */
export interface TradeOffPoint {
  readonly configuration: ConfigurationRuns;
  /** Joules on the basis; seconds where there is no energy. */
  readonly cost: Sample;
  readonly metric: Sample;
  readonly x: number;
  readonly y: number;
  /** Cost and metric of each run. */
  readonly pairs: readonly { readonly cost: number; readonly value: number }[];
}

/** What energy buys of a metric. */
export interface TradeOff {
  readonly points: readonly TradeOffPoint[];
  /** Points that no other one beats, by ascending cost. */
  readonly front: readonly TradeOffPoint[];
  /** The point with the best metric; of several the cheapest. */
  readonly best: TradeOffPoint;
}

/** How much of the best metric may be given up: so much, or such a share of it. */
export interface MetricDrop {
  readonly kind: "absolute" | "relative";
  readonly value: number;
}

/** Successful runs as points of cost and metric; `undefined` when none has both. */
export function tradeOff(
  configurations: readonly ConfigurationRuns[],
  { basis, metric, goal }: { readonly basis: CostBasis; readonly metric: string; readonly goal: Goal },
): TradeOff | undefined {
  const points = configurations.flatMap((configuration): readonly TradeOffPoint[] => {
    const pairs = configuration.records.flatMap(
      ({ status, energy, duration_seconds: seconds, performance_metrics }) => {
        const cost = basis.kind === "none" ? seconds : costOf(energy, basis).joules;
        const value = performance_metrics[metric];
        return status !== "success" || cost === null || value === undefined ? [] : [{ cost, value }];
      },
    );
    const cost = sampleOf(pairs.map((pair) => pair.cost));
    const worth = sampleOf(pairs.map(({ value }) => value));
    return cost && worth ? [{ configuration, cost, metric: worth, x: cost.mean, y: worth.mean, pairs }] : [];
  });
  const front = paretoFront(points, goal);
  const best = front.at(-1);
  return best && { points, front, best };
}

/** The cheapest point whose metric is at most so much worse than the best one's. */
export function cheapestWithin({ points, best }: TradeOff, drop: MetricDrop, goal: Goal): TradeOffPoint {
  const allowed = drop.kind === "absolute" ? drop.value : Math.abs(best.y) * drop.value;
  const sign = goal === "max" ? 1 : -1;
  // A drop is written in decimals, and means are sums: what lies on the limit is within it
  const slack = 1e-9 * Math.max(Math.abs(best.y), allowed);
  const within = points.filter(({ y }) => sign * (best.y - y) <= allowed + slack);
  return within.reduce((cheapest, point) => (point.x < cheapest.x ? point : cheapest), best);
}
