import { cleanSeries, clipSeries, medianIntervalMs, type PowerSample, type TimeWindow } from "./power-series.ts";
import { combineUncertainty, rectangular, type Uncertainty } from "./uncertainty.ts";

/** A distance of samples beyond this many median intervals is a gap: bridged, marked and counted. */
export const GAP_FACTOR = 5;

/** Options of `integratePower`. */
export interface IntegrationOptions {
  /** Distance of samples, in median intervals, beyond which it is a gap. @default 5 */
  readonly gapFactor?: number | undefined;
  /** Accuracy of the sensor as ± watts. @default 0 */
  readonly sensorWatts?: number | undefined;
  /** Resolution of the printed power in watts. @default 0 */
  readonly resolutionWatts?: number | undefined;
}

/** Energy of a power series over a window. */
export interface IntegratedPower {
  readonly energyJoules: number;
  readonly durationSeconds: number;
  /** Share of the window outside gaps, 0 to 1. */
  readonly coverage: number;
  /** Number of samples inside the window. */
  readonly samples: number;
  readonly medianIntervalMs: number;
  /** Longest distance of two samples, or of a sample and the edge of the window that it does not reach. */
  readonly longestGapMs: number;
  readonly uncertainty: Uncertainty;
}

/**
 * Integrates power over a window by the trapezoidal rule on the real time stamps. Gaps are bridged linearly and
 * counted in `coverage`; before the first and after the last sample the nearest power is held.
 *
 * The sampling item is the rectangular bound of each trapezoid, half the step of power times its width, combined in
 * quadrature; a held edge may be off by the range of the series. Inside a gap, held or bridged, nothing is known of the
 * power: it may be off by the highest power seen, however steady the samples are.
 *
 * @returns `undefined` when fewer than two usable samples exist or the window is empty: no energy can be told.
 * @throws {EnergyError} `BAD_WINDOW` when the window ends before it starts.
 */
export function integratePower(
  samples: Iterable<PowerSample>,
  window: TimeWindow,
  options: IntegrationOptions = {},
): IntegratedPower | undefined {
  const { gapFactor = GAP_FACTOR, sensorWatts = 0, resolutionWatts = 0 } = options;
  const series = cleanSeries(samples);
  const interval = medianIntervalMs(series);
  const clipped = clipSeries(series, window);
  const durationSeconds = (window.endMs - window.startMs) / 1000;
  if (interval === undefined || durationSeconds <= 0) return undefined;

  const { low, high } = powerRange(series);
  const gapMs = gapFactor * interval;
  let energyJoules = 0;
  let samplingVariance = 0;
  let edgeVariance = 0;
  let uncoveredMs = 0;
  let longestGapMs = 0;
  let following = 0;
  let previous: PowerSample | undefined;
  for (const sample of clipped) {
    if (previous) {
      const widthMs = sample.timeMs - previous.timeMs;
      const seconds = widthMs / 1000;
      energyJoules += ((previous.powerWatts + sample.powerWatts) / 2) * seconds;
      // Where the window cuts a gap, what is left of it is still a gap: the distance of the real samples decides
      while ((series[following]?.timeMs ?? Number.POSITIVE_INFINITY) <= previous.timeMs) following += 1;
      const before = series[following - 1];
      const after = series[following];
      const isHeld = !before || !after;
      const distanceMs = isHeld ? widthMs : after.timeMs - before.timeMs;
      const isGap = distanceMs > gapMs;
      if (isGap) uncoveredMs += widthMs;
      longestGapMs = Math.max(longestGapMs, distanceMs);
      const step = Math.abs(sample.powerWatts - previous.powerWatts) / 2;
      const variance = rectangular((isGap ? high : isHeld ? high - low : step) * seconds) ** 2;
      if (isHeld) edgeVariance += variance;
      else samplingVariance += variance;
    }
    previous = sample;
  }
  return {
    energyJoules,
    durationSeconds,
    coverage: Math.max(0, 1 - uncoveredMs / 1000 / durationSeconds),
    samples: clipped.length - 2,
    medianIntervalMs: interval,
    longestGapMs,
    uncertainty: combineUncertainty({
      sampling: Math.sqrt(samplingVariance),
      sensor: rectangular(sensorWatts * durationSeconds),
      quantisation: rectangular((resolutionWatts / 2) * (interval / 1000)) * Math.sqrt(clipped.length),
      edges: Math.sqrt(edgeVariance),
    }),
  };
}

function powerRange(series: readonly PowerSample[]): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { powerWatts } of series) {
    low = Math.min(low, powerWatts);
    high = Math.max(high, powerWatts);
  }
  return { low, high };
}
