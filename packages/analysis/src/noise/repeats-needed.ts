import { noncentralT } from "../statistics/distributions.ts";
import { studentT95 } from "../student-t.ts";

/** More repeats than this nobody makes. */
const MOST = 10_000;

/** How sure a comparison of two configurations is to be. */
export const POWER = { significance: 0.05, power: 0.8 } as const;

/**
 * Power of the two-sided two-sample t test (5 %) with `repeats` runs of each configuration: how often it sees that the means
 * of two configurations differ by `share` when runs vary by `variation` (both as shares of the mean), by the noncentral t
 * (Cohen 1988, Statistical Power Analysis, 2.5), as R's `power.t.test`.
 */
export function powerOf(repeats: number, share: number, variation: number): number {
  const freedom = 2 * (repeats - 1);
  const limit = studentT95(freedom);
  const shift = (share / variation) * Math.sqrt(repeats / 2);
  // Beyond this the distribution cannot be computed, and the test sees the difference every time
  if (shift > limit + 10) return 1;
  return 1 - noncentralT(limit, freedom, shift) + noncentralT(-limit, freedom, shift);
}

/**
 * Fewest runs of each of two configurations with which a difference of `share` is seen four times out of five.
 *
 * @returns `undefined` for more than ten thousand.
 */
export function repeatsNeeded(share: number, variation: number): number | undefined {
  if (!(variation > 0)) return 2;
  const isEnough = (repeats: number): boolean => powerOf(repeats, share, variation) >= POWER.power;
  let high = 2;
  while (!isEnough(high)) {
    if (high >= MOST) return undefined;
    high = Math.min(MOST, 2 * high);
  }
  let low = Math.max(1, Math.floor(high / 2));
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
