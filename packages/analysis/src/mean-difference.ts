import type { Sample } from "./sample.ts";
import { studentT95 } from "./student-t.ts";

/** How much two means differ. */
export interface MeanDifference {
  readonly difference: number;
  /** Half its 95 % interval; `undefined` when two values of each are not there. */
  readonly half: number | undefined;
}

/**
 * The difference of two means with its 95 % interval, for different variances (Welch 1947, Biometrika 34:28, with
 * Satterthwaite's degrees of freedom).
 */
export function meanDifference(changed: Sample, baseline: Sample): MeanDifference {
  const difference = changed.mean - baseline.mean;
  if (changed.standardDeviation === undefined || baseline.standardDeviation === undefined) {
    return { difference, half: undefined };
  }
  const own = changed.standardDeviation ** 2 / changed.n;
  const other = baseline.standardDeviation ** 2 / baseline.n;
  if (own + other === 0) return { difference, half: 0 };
  const freedom = (own + other) ** 2 / (own ** 2 / (changed.n - 1) + other ** 2 / (baseline.n - 1));
  return { difference, half: studentT95(freedom) * Math.sqrt(own + other) };
}
