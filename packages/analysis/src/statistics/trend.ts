import { median } from "../audit/robust.ts";
import { normalQuantile, twoSidedNormalP } from "./distributions.ts";

/** How values go with the order in which they were taken. */
export interface Trend {
  readonly n: number;
  /** Kendall's rank correlation with the order (τ-b), −1 to 1. */
  readonly tau: number;
  /** Two-sided. */
  readonly p: number;
  /** Change from one value to the next. */
  readonly slope: number;
  readonly interval95: readonly [low: number, high: number];
}

/** The normal approximation of the test is poor with fewer. */
const FEWEST = 8;
/** Of more values, so many evenly chosen ones are looked at: pairs grow with the square. */
const MOST = 2000;

/**
 * Mann–Kendall test for a monotonic trend with correction for ties and continuity (Mann 1945, Econometrica 13:245; Kendall
 * 1975, Rank Correlation Methods) and the Theil–Sen slope with Sen's interval (Sen 1968, J. Am. Stat. Assoc. 63:1379).
 *
 * @returns `undefined` with fewer than eight values or where nothing varies.
 */
export function trend(all: readonly number[]): Trend | undefined {
  const stride = Math.max(1, Math.ceil(all.length / MOST));
  const values = all.filter((_, index) => index % stride === 0);
  const n = values.length;
  if (n < FEWEST || new Set(values).size < 2) return undefined;
  let score = 0;
  const slopes: number[] = [];
  values.forEach((value, i) => {
    for (let j = i + 1; j < n; j += 1) {
      const difference = (values[j] ?? 0) - value;
      score += Math.sign(difference);
      slopes.push(difference / (j - i));
    }
  });
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()];
  const tiedTerm = ties.reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0);
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5) - tiedTerm) / 18);
  const z = (score - Math.sign(score)) / deviation;
  const pairs = (n * (n - 1)) / 2;
  const tiedPairs = ties.reduce((sum, t) => sum + (t * (t - 1)) / 2, 0);
  const sorted = Float64Array.from(slopes).sort();
  const spread = normalQuantile(0.975) * deviation;
  const at = (rank: number): number => sorted[Math.max(0, Math.min(pairs - 1, Math.round(rank)))] ?? 0;
  return {
    n,
    tau: score / Math.sqrt(pairs * (pairs - tiedPairs)),
    p: twoSidedNormalP(z),
    slope: (median(slopes) ?? 0) / stride,
    interval95: [at((pairs - spread) / 2 - 1) / stride, at((pairs + spread) / 2) / stride],
  };
}
