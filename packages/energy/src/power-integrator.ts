import { EnergyError } from "./errors.ts";
import { type IntegratedPower, type IntegrationOptions, integratedPower } from "./integrated-power.ts";
import { intervalBins, type SampleInterval } from "./interval-bins.ts";
import type { PowerSample, TimeWindow } from "./power-series.ts";

/** A window that ends may lie this far behind the newest sample. */
const HELD_BACK_MS = 10_000;

/** Integrates power as it comes, in constant memory. */
export interface PowerIntegrator {
  /** Takes the next sample; one that is not finite, repeats a moment or steps back in time is left out. */
  add(sample: PowerSample): void;
  /**
   * The energy up to `endMs`, asked for once; `undefined` when fewer than two usable samples came or the window is empty.
   * @throws {EnergyError} `BAD_WINDOW` when the window ends before it starts.
   */
  finish(endMs: number): IntegratedPower | undefined;
}

/**
 * Integrates power from `startMs` on by the trapezoidal rule on the real time stamps. Gaps are bridged linearly and
 * counted in `coverage`; before the first and after the last sample the nearest power is held.
 *
 * Samples older than ten seconds are summed up and forgotten: a window whose end is not known from the start may end at
 * most that far behind the newest sample.
 */
export function powerIntegrator(
  window: Pick<TimeWindow, "startMs"> & Partial<TimeWindow>,
  options: IntegrationOptions = {},
): PowerIntegrator {
  const { startMs } = window;
  const recent: PowerSample[] = [];
  const intervals = intervalBins();
  const held: SampleInterval[] = [];
  let last: PowerSample | undefined;
  let [energyJoules, samples, longestGapMs] = [0, 0, 0];
  let [lowestWatts, highestWatts] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  /** The part of a straight line between two moments that lies in the window. */
  const addLine = (from: PowerSample, to: PowerSample, endMs: number): SampleInterval => {
    const distanceMs = to.timeMs - from.timeMs;
    const slope = (to.powerWatts - from.powerWatts) / distanceMs;
    const wattsAt = (timeMs: number): number => from.powerWatts + slope * (timeMs - from.timeMs);
    const [first, end] = [Math.max(from.timeMs, startMs), Math.min(to.timeMs, endMs)];
    const widthMs = Math.max(0, end - first);
    if (widthMs > 0) {
      energyJoules += wattsAt((first + end) / 2) * (widthMs / 1000);
      longestGapMs = Math.max(longestGapMs, distanceMs);
    }
    return { distanceMs, widthMs, stepWatts: slope * widthMs };
  };
  const sumUp = (sample: PowerSample, endMs: number): void => {
    const { timeMs, powerWatts } = sample;
    if (last) intervals.add(addLine(last, sample, endMs));
    else if (timeMs > startMs) {
      held.push(addLine({ timeMs: startMs, powerWatts }, { timeMs: Math.min(timeMs, endMs), powerWatts }, endMs));
    }
    if (timeMs > startMs && timeMs < endMs) samples += 1;
    lowestWatts = Math.min(lowestWatts, powerWatts);
    highestWatts = Math.max(highestWatts, powerWatts);
    last = sample;
  };

  return {
    add(sample) {
      const { timeMs, powerWatts } = sample;
      const newest = recent.at(-1);
      if (!Number.isFinite(powerWatts) || !Number.isFinite(timeMs) || (newest && timeMs <= newest.timeMs)) return;
      recent.push(sample);
      while (recent[0] && recent[0].timeMs < timeMs - HELD_BACK_MS) {
        sumUp(recent[0], window.endMs ?? Number.POSITIVE_INFINITY);
        recent.shift();
      }
    },
    finish(endMs) {
      if (!(endMs >= startMs)) {
        const found = `${startMs} to ${endMs} ms`;
        throw new EnergyError("BAD_WINDOW", `Expected a window that ends after its start, found ${found}`);
      }
      for (const sample of recent.splice(0)) sumUp(sample, endMs);
      const medianIntervalMs = intervals.medianMs();
      const durationSeconds = (endMs - startMs) / 1000;
      if (!last || medianIntervalMs === undefined || durationSeconds <= 0) return undefined;
      if (last.timeMs < endMs) {
        held.push(addLine(last, { ...last, timeMs: endMs }, endMs));
      }
      const sums = { energyJoules, durationSeconds, samples, longestGapMs, medianIntervalMs };
      return integratedPower({ ...sums, intervals, held, lowestWatts, highestWatts }, options);
    },
  };
}
