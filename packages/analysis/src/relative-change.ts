import type { Sample } from "./sample.ts";
import { studentT95 } from "./student-t.ts";

/** How much a mean differs from a baseline, as a share of the baseline: −0.18 is 18 % less. */
export interface RelativeChange {
  readonly change: number;
  /** `undefined` when two runs of each are not there, or the baseline cannot be told from zero. */
  readonly interval95: readonly [low: number, high: number] | undefined;
}

/**
 * The change with its 95 % interval by Fieller's theorem (Fieller 1954, J. R. Stat. Soc. B 16:175) for means with
 * different variances, with Satterthwaite's degrees of freedom at the estimated ratio (Hasler, Vonk and Hothorn 2008,
 * Stat. Med. 27:490). Accuracy of the sensor is not in it: the same sensor is behind both means.
 *
 * @returns `undefined` when the baseline is not above zero: there is nothing to be relative to.
 */
export function relativeChange(changed: Sample, baseline: Sample): RelativeChange | undefined {
  if (!(baseline.mean > 0)) return undefined;
  const ratio = changed.mean / baseline.mean;
  return { change: ratio - 1, interval95: fieller(changed, baseline, ratio) };
}

function fieller(changed: Sample, baseline: Sample, ratio: number): RelativeChange["interval95"] {
  if (changed.standardDeviation === undefined || baseline.standardDeviation === undefined) return undefined;
  const own = changed.standardDeviation ** 2 / changed.n;
  const other = baseline.standardDeviation ** 2 / baseline.n;
  const scaled = ratio ** 2 * other;
  if (own + scaled === 0) return [ratio - 1, ratio - 1];
  const freedom = (own + scaled) ** 2 / (own ** 2 / (changed.n - 1) + scaled ** 2 / (baseline.n - 1));
  const t2 = studentT95(freedom) ** 2;
  // Ratios r with (changed − r · baseline)² <= t² (own + r² · other)
  const a = baseline.mean ** 2 - t2 * other;
  const b = changed.mean * baseline.mean;
  const c = changed.mean ** 2 - t2 * own;
  if (a <= 0) return undefined;
  const root = Math.sqrt(Math.max(0, b ** 2 - a * c));
  return [(b - root) / a - 1, (b + root) / a - 1];
}
