import type { Quantity, TrackedPower } from "@ea/energy";

/** Readings are rounded, and averages: a mean that is this little above the highest of them is their peak. */
const ROUNDING = 0.02;

/** Mean and peak power of one quantity over a run, in watts. */
export interface RunPower {
  /** Energy over the window; `undefined` without an energy, or when parts of the window are missing from it. */
  readonly meanWatts: number | undefined;
  /** Highest reading; `undefined` when the readings do not reach the mean: they have missed the peak. */
  readonly peakWatts: number | undefined;
}

/** The power that belongs to an energy over a window. */
export function powerOf(quantity: Quantity, windowSeconds: number, tracked: readonly TrackedPower[]): RunPower {
  const { name, device, value, quality } = quantity;
  if (value === null || quality === "partial" || windowSeconds <= 0)
    return { meanWatts: undefined, peakWatts: undefined };
  const meanWatts = value / windowSeconds;
  const peak = tracked.find((power) => power.name === name && power.device === device)?.peakWatts;
  const hasSeenPeak = peak !== undefined && peak >= meanWatts * (1 - ROUNDING);
  return { meanWatts, peakWatts: hasSeenPeak ? Math.max(peak, meanWatts) : undefined };
}
