/** A series as two lists of the same length. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Largest-triangle-three-buckets (Steinarsson 2013): at most `count` of the points, chosen so that the line looks the
 * same; the first and the last are always among them.
 */
export function lttb({ x, y }: Points, count: number): Points {
  const length = x.length;
  if (length <= count || count < 3) return length <= count ? { x, y } : ends({ x, y }, count);
  const size = (length - 2) / (count - 2);
  const chosen = [0];
  for (let bucket = 0; bucket < count - 2; bucket += 1) {
    const start = Math.floor(bucket * size) + 1;
    const end = Math.floor((bucket + 1) * size) + 1;
    const next = averageOf({ x, y }, end, Math.min(Math.floor((bucket + 2) * size) + 1, length));
    chosen.push(largestTriangle({ x, y }, { start, end, before: chosen.at(-1) ?? 0, next }));
  }
  chosen.push(length - 1);
  return { x: chosen.map((index) => x[index] ?? 0), y: chosen.map((index) => y[index] ?? 0) };
}

function ends({ x, y }: Points, count: number): Points {
  const keep = (values: readonly number[]): readonly number[] =>
    [...values.slice(0, 1), ...values.slice(-1)].slice(0, count);
  return { x: keep(x), y: keep(y) };
}

function averageOf({ x, y }: Points, start: number, end: number): readonly [number, number] {
  let [sumX, sumY] = [0, 0];
  for (let index = start; index < end; index += 1) {
    sumX += x[index] ?? 0;
    sumY += y[index] ?? 0;
  }
  return [sumX / (end - start), sumY / (end - start)];
}

function largestTriangle(
  { x, y }: Points,
  bucket: {
    readonly start: number;
    readonly end: number;
    readonly before: number;
    readonly next: readonly [number, number];
  },
): number {
  const { start, end, before, next } = bucket;
  const [fromX, fromY] = [x[before] ?? 0, y[before] ?? 0];
  let best = start;
  let largest = -1;
  for (let index = start; index < end; index += 1) {
    const area = Math.abs(
      (fromX - next[0]) * ((y[index] ?? 0) - fromY) - (fromX - (x[index] ?? 0)) * (next[1] - fromY),
    );
    if (area > largest) [largest, best] = [area, index];
  }
  return best;
}
