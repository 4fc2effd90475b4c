import type { Goal } from "../metric-goal.ts";
import type { CostAndWorth } from "../pareto-front.ts";

/**
 * Area between a front and a reference point, in units of cost times worth: how much of what is better than the reference
 * is reached (Zitzler and Thiele 1999, IEEE Trans. Evol. Comput. 3:257). Points that are not better than the reference in
 * both do not count. Only areas with the same reference may be compared.
 *
 * @param front By ascending cost.
 */
export function hypervolume(front: readonly CostAndWorth[], reference: CostAndWorth, goal: Goal): number {
  const sign = goal === "max" ? 1 : -1;
  let reached = 0;
  let area = 0;
  for (const { x, y } of front) {
    const gain = sign * (y - reference.y);
    if (x >= reference.x || gain <= reached) continue;
    area += (reference.x - x) * (gain - reached);
    reached = gain;
  }
  return area;
}

/** The worst cost and the worst worth of points. */
export function worstCorner(points: readonly CostAndWorth[], goal: Goal): CostAndWorth {
  const worths = points.map(({ y }) => y);
  return {
    x: Math.max(...points.map(({ x }) => x)),
    y: goal === "max" ? Math.min(...worths) : Math.max(...worths),
  };
}
