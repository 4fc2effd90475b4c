import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Meter, Reading } from "@ea/energy";
import type { Clock } from "./clock.ts";
import { COOL_DOWN_MAX_SECONDS, COOL_DOWN_MIN_SECONDS } from "./defaults.ts";
import { bandKey, type IdleBand, meanOf, RESTING_VALUES } from "./idle-band.ts";
import { startMeters } from "./measure.ts";

/** The mean over so long is what is compared: single readings jump. */
const WINDOW_MS = 5000;
const POLL_SECONDS = 1;

/** How a cool-down ended. */
export interface CoolDown {
  readonly seconds: number;
  /** Bands that it had not come back to when the time was over. */
  readonly above: readonly IdleBand[];
  /** Whether nothing was read: whoever waits should wait by the clock. */
  readonly isBlind: boolean;
}

/** Waits until power and temperature are back in the bands that were measured at idle, for 10 to 600 s. */
export async function coolDown(
  meters: readonly Meter[],
  bands: readonly IdleBand[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<CoolDown> {
  const directory = await mkdtemp(join(tmpdir(), "ea-cool-down-"));
  const recent = recentReadings();
  const startMs = clock.monotonicMs();
  const secondsSince = (): number => (clock.monotonicMs() - startMs) / 1000;
  try {
    const measurement = await startMeters(meters, directory, recent.add);
    try {
      for (;;) {
        const above = bands.filter((band) => (recent.mean(band) ?? Number.NEGATIVE_INFINITY) > band.high);
        const isBlind = bands.every((band) => recent.mean(band) === undefined);
        const seconds = secondsSince();
        const isOver = seconds >= COOL_DOWN_MAX_SECONDS || signal.aborted;
        if (isOver || (seconds >= COOL_DOWN_MIN_SECONDS && above.length === 0)) return { seconds, above, isBlind };
        await clock.sleep(POLL_SECONDS, signal);
      }
    } finally {
      await measurement.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Means over the last seconds of each series; a series that has fallen silent has none. */
function recentReadings(): {
  readonly add: (reading: Reading) => void;
  readonly mean: (band: IdleBand) => number | undefined;
} {
  const series = new Map<string, { readonly timeMs: number; readonly value: number }[]>();
  let newestMs = Number.NEGATIVE_INFINITY;
  return {
    add(reading) {
      newestMs = Math.max(newestMs, reading.timeEpochMs);
      for (const value of RESTING_VALUES) {
        const found = reading[value];
        if (found === undefined) continue;
        const key = bandKey(reading.name, reading.device, value);
        const values = series.get(key) ?? [];
        series.set(key, values);
        values.push({ timeMs: reading.timeEpochMs, value: found });
        while (values[0] && values[0].timeMs < newestMs - WINDOW_MS) values.shift();
      }
    },
    mean({ name, device, value }) {
      const values = (series.get(bandKey(name, device, value)) ?? []).filter(
        (each) => each.timeMs >= newestMs - WINDOW_MS,
      );
      return values.length === 0 ? undefined : meanOf(values.map((each) => each.value));
    },
  };
}
