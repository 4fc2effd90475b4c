import { studentT95 } from "@ea/analysis";
import { mean, sampleStandardDeviation } from "simple-statistics";

/** A mean and its 95 % interval by Student's t; of one value the interval is not known. */
export interface MeanInterval {
  readonly n: number;
  readonly mean: number;
  /** Half the width of the interval; `undefined` for n = 1. */
  readonly half: number | undefined;
}

/** The mean of values with its 95 % interval; `undefined` for none. */
export function meanInterval(values: readonly number[]): MeanInterval | undefined {
  if (values.length === 0) return undefined;
  const n = values.length;
  const all = [...values];
  const half = n > 1 ? (studentT95(n - 1) * sampleStandardDeviation(all)) / Math.sqrt(n) : undefined;
  return { n, mean: mean(all), half };
}
