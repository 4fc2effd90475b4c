import { sampleOf, studentT95 } from "@ea/analysis";

/** How long the rest of a session takes. */
export interface RemainingTime {
  readonly seconds: number;
  /** 95 % prediction interval; `undefined` with fewer than two turnarounds. */
  readonly range: readonly [low: number, high: number] | undefined;
}

/**
 * Seconds that so many more runs take, by the turnarounds of those that have ended, rests included. The interval is that of
 * the sum of future values of a normal variable (Hahn 1970, JASA 65:1668): m·x̄ ± t·s·√(m + m²/n).
 *
 * @returns `undefined` before the first run has ended.
 */
export function remainingTime(turnaroundSeconds: readonly number[], left: number): RemainingTime | undefined {
  const sample = sampleOf(turnaroundSeconds);
  if (!sample) return undefined;
  const seconds = left * sample.mean;
  if (sample.standardDeviation === undefined) return { seconds, range: undefined };
  const half = studentT95(sample.n - 1) * sample.standardDeviation * Math.sqrt(left + left ** 2 / sample.n);
  return { seconds, range: [Math.max(0, seconds - half), seconds + half] };
}
