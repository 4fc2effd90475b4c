import type { Reading } from "./meter.ts";

/** What the readings of one quantity of one device say so far. */
export interface TrackedPower {
  readonly name: string;
  readonly device: string | undefined;
  readonly lastWatts: number;
  readonly lastCelsius: number | undefined;
  readonly lastPercent: number | undefined;
  readonly peakWatts: number;
  /** Each reading held since the one before: good for a look, not for a record. */
  readonly roughJoules: number;
}

/** Follows live readings in constant memory. */
export interface PowerTracker {
  /** Takes the next reading; one without a power is left out. */
  readonly add: (reading: Reading) => void;
  /** What is known now, one entry for each quantity and device. */
  readonly all: () => readonly TrackedPower[];
}

/** Follows the power of every quantity from the start of the window on. */
export function powerTracker(startEpochMs: number): PowerTracker {
  const tracked = new Map<string, { timeEpochMs: number; power: TrackedPower }>();
  return {
    add({ timeEpochMs, name, device, powerWatts, temperatureCelsius, utilizationPercent }) {
      if (powerWatts === undefined) return;
      const key = `${name} ${device ?? ""}`;
      const before = tracked.get(key);
      const seconds = Math.max(0, timeEpochMs - (before?.timeEpochMs ?? startEpochMs)) / 1000;
      const power = {
        name,
        device,
        lastWatts: powerWatts,
        lastCelsius: temperatureCelsius,
        lastPercent: utilizationPercent,
        peakWatts: Math.max(before?.power.peakWatts ?? powerWatts, powerWatts),
        roughJoules: (before?.power.roughJoules ?? 0) + powerWatts * seconds,
      };
      tracked.set(key, { timeEpochMs, power });
    },
    all: () => [...tracked.values()].map(({ power }) => power),
  };
}
