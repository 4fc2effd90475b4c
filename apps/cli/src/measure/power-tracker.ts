import type { Quantity, Reading } from "@ea/energy";

/** What the readings of one quantity of one device say so far. */
export interface TrackedPower {
  readonly name: string;
  readonly device: string | undefined;
  readonly lastWatts: number;
  readonly peakWatts: number;
  /** Each reading held since the one before: good for a look, not for a record. */
  readonly roughJoules: number;
}

/** Follows live readings in constant memory. */
export interface PowerTracker {
  readonly add: (reading: Reading) => void;
  readonly all: () => readonly TrackedPower[];
}

/** Follows the power of every quantity from the start of the window on. */
export function powerTracker(startEpochMs: number): PowerTracker {
  const tracked = new Map<string, { timeEpochMs: number; power: TrackedPower }>();
  return {
    add({ timeEpochMs, name, device, powerWatts }) {
      if (powerWatts === undefined) return;
      const key = `${name} ${device ?? ""}`;
      const before = tracked.get(key);
      const seconds = Math.max(0, timeEpochMs - (before?.timeEpochMs ?? startEpochMs)) / 1000;
      const power = {
        name,
        device,
        lastWatts: powerWatts,
        peakWatts: Math.max(before?.power.peakWatts ?? powerWatts, powerWatts),
        roughJoules: (before?.power.roughJoules ?? 0) + powerWatts * seconds,
      };
      tracked.set(key, { timeEpochMs, power });
    },
    all: () => [...tracked.values()].map(({ power }) => power),
  };
}

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
