import type { CostAndWorth } from "../pareto-front.ts";

/**
 * The point of a front that lies furthest from the line between its ends, both axes scaled to the ends: beyond it more cost
 * buys less (normal boundary intersection; Das 1999, Struct. Optim. 18:107).
 *
 * @param front By ascending cost.
 * @returns `undefined` with fewer than three points.
 */
export function kneeOf<Point extends CostAndWorth>(front: readonly Point[]): Point | undefined {
  const [first, last] = [front[0], front.at(-1)];
  if (!first || !last || front.length < 3 || last.x === first.x || last.y === first.y) return undefined;
  const bulge = ({ x, y }: Point): number => (y - first.y) / (last.y - first.y) - (x - first.x) / (last.x - first.x);
  const inner = front.slice(1, -1);
  const knee = inner.reduce((best, point) => (bulge(point) > bulge(best) ? point : best));
  return bulge(knee) > 0 ? knee : undefined;
}
