import { sampleOf } from "@ea/analysis";

/** A mean and its 95 % interval by Student's t; of one value the interval is not known. */
export interface MeanInterval {
  readonly n: number;
  readonly mean: number;
  /** Half the width of the interval; `undefined` for n = 1. */
  readonly half: number | undefined;
}

/** The mean of values with its 95 % interval; `undefined` for none. */
export function meanInterval(values: readonly number[]): MeanInterval | undefined {
  const sample = sampleOf(values);
  const interval = sample?.interval95;
  return sample && { n: sample.n, mean: sample.mean, half: interval && (interval[1] - interval[0]) / 2 };
}
