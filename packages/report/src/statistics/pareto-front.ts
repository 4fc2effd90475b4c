/** Which way a metric is better. */
export type Goal = "max" | "min";

/** A point that costs `x` and is worth `y`. */
export interface CostAndWorth {
  readonly x: number;
  readonly y: number;
}

/** The points that no other one beats: by less cost and at least as much worth, or as little cost and more worth; by ascending cost. */
export function paretoFront<Point extends CostAndWorth>(points: readonly Point[], goal: Goal): readonly Point[] {
  const sign = goal === "max" ? 1 : -1;
  const front: Point[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const point of [...points].sort((a, b) => a.x - b.x || sign * (b.y - a.y))) {
    const worth = sign * point.y;
    const last = front.at(-1);
    const isTwin = last !== undefined && last.x === point.x && last.y === point.y;
    if (worth > best || isTwin) front.push(point);
    best = Math.max(best, worth);
  }
  return front;
}
