import { studentT95 } from "./student-t.ts";

/** What repeated runs say about one figure. */
export interface Sample {
  readonly n: number;
  readonly mean: number;
  /** With n − 1; `undefined` for a single value. */
  readonly standardDeviation: number | undefined;
  /** Where the mean of many such runs lies, with 95 % confidence; `undefined` for a single value. */
  readonly interval95: readonly [low: number, high: number] | undefined;
  readonly min: number;
  readonly max: number;
}

/** Mean, spread and Student's 95 % interval of the mean; `undefined` without values. */
export function sampleOf(values: readonly number[]): Sample | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const [min, max] = [Math.min(...values), Math.max(...values)];
  if (n === 1) return { n, mean, standardDeviation: undefined, interval95: undefined, min, max };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / (n - 1));
  const half = (studentT95(n - 1) * standardDeviation) / Math.sqrt(n);
  return { n, mean, standardDeviation, interval95: [mean - half, mean + half], min, max };
}
