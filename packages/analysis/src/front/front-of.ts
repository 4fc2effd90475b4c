import { type Absent, absent } from "../absent.ts";
import type { ConfigurationRuns } from "../configuration-runs.ts";
import type { CostBasis } from "../cost-basis.ts";
import type { Goal } from "../metric-goal.ts";
import type { CostAndWorth } from "../pareto-front.ts";
import { cheapestWithin, type MetricDrop, type TradeOffPoint, tradeOff } from "../trade-off.ts";
import { hypervolume, worstCorner } from "./hypervolume.ts";
import { kneeOf } from "./knee.ts";
import { membership } from "./membership.ts";

/** A configuration, and how sure its place is. */
export interface FrontPoint extends TradeOffPoint {
  readonly isOnFront: boolean;
  /** Share of resamples in which it is on the front; `undefined` for a single run, whose noise is not known. */
  readonly membership: number | undefined;
}

/** What energy buys of a metric, and how sure that is. */
export interface Front {
  readonly metric: string;
  readonly goal: Goal;
  /** All configurations by ascending cost. */
  readonly points: readonly FrontPoint[];
  readonly best: FrontPoint;
  readonly knee: FrontPoint | Absent;
  readonly cheapest: FrontPoint;
  /** In units of cost times metric. */
  readonly hypervolume: number;
  /** The point that the hypervolume is reckoned from. */
  readonly reference: CostAndWorth;
  readonly resamples: number;
}

/** What a front is looked at with. */
export interface FrontOptions {
  readonly basis: CostBasis;
  readonly metric: string | undefined;
  readonly goal: Goal | undefined;
  readonly drop: MetricDrop;
  /** The worst corner of the points when `undefined`. */
  readonly reference: CostAndWorth | undefined;
  readonly resamples: number;
  readonly seed: string;
}

/** The Pareto front of configurations in cost and metric. */
export function frontOf(configurations: readonly ConfigurationRuns[], options: FrontOptions): Front | Absent {
  const { basis, metric, goal, drop, resamples, seed } = options;
  if (metric === undefined || goal === undefined) return absent("no successful run has a metric");
  const found = tradeOff(configurations, { basis, metric, goal });
  if (!found) return absent(`no successful run has both ${metric} and ${basis.kind === "none" ? "time" : "energy"}`);
  const shares = membership(
    found.points.map(({ pairs }) => pairs),
    { goal, resamples, seed },
  );
  const isOnFront = new Set(found.front);
  const marked = new Map(
    found.points.map((point, index) => {
      const share = point.pairs.length > 1 ? shares[index] : undefined;
      return [point, { ...point, isOnFront: isOnFront.has(point), membership: share }] as const;
    }),
  );
  const mark = (point: TradeOffPoint): FrontPoint =>
    marked.get(point) ?? { ...point, isOnFront: false, membership: undefined };
  const knee = kneeOf(found.front);
  const reference = options.reference ?? worstCorner(found.points, goal);
  return {
    metric,
    goal,
    points: found.points.toSorted((a, b) => a.x - b.x).map(mark),
    best: mark(found.best),
    knee: knee ? mark(knee) : absent(noKnee(found.front.length)),
    cheapest: mark(cheapestWithin(found, drop, goal)),
    hypervolume: hypervolume(found.front, reference, goal),
    reference,
    resamples,
  };
}

function noKnee(points: number): string {
  if (points < 3) return `a front of ${points} ${points === 1 ? "point" : "points"} has no knee: expected at least 3`;
  return "the front does not bulge";
}
