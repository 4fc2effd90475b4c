import type { IntervalBins, SampleInterval } from "./interval-bins.ts";
import { combineUncertainty, rectangular, type Uncertainty } from "./uncertainty.ts";

/** A distance of samples beyond this many median intervals is a gap: bridged, marked and counted. */
export const GAP_FACTOR = 5;

/** Below this share of the window an energy is called `partial`. */
export const MIN_COVERAGE = 0.95;

/** What is known of a power sensor, and what counts as a gap. */
export interface IntegrationOptions {
  /** Distance of samples, in median intervals, beyond which it is a gap. @default 5 */
  readonly gapFactor?: number | undefined;
  /** Accuracy of the sensor as ± watts. @default 0 */
  readonly sensorWatts?: number | undefined;
  /** Resolution of the printed power in watts. @default 0 */
  readonly resolutionWatts?: number | undefined;
  /** How far all time stamps together may be off, as ± milliseconds: an unknown delay of the sensor. @default 0 */
  readonly delayMs?: number | undefined;
}

/** Energy of a power series over a window. */
export interface IntegratedPower {
  readonly energyJoules: number;
  readonly durationSeconds: number;
  /** Mean over time. */
  readonly powerAvgWatts: number;
  /** Share of the window outside gaps, 0 to 1. */
  readonly coverage: number;
  /** Number of samples inside the window. */
  readonly samples: number;
  readonly medianIntervalMs: number;
  /** Longest distance of two samples, or of a sample and the edge of the window that it does not reach. */
  readonly longestGapMs: number;
  readonly uncertainty: Uncertainty;
}

/** What an integration has summed up when its window ends. */
export interface IntegrationSums {
  readonly energyJoules: number;
  readonly durationSeconds: number;
  readonly samples: number;
  readonly longestGapMs: number;
  readonly medianIntervalMs: number;
  readonly intervals: IntervalBins;
  /** Before the first and after the last sample. */
  readonly held: readonly SampleInterval[];
  readonly lowestWatts: number;
  readonly highestWatts: number;
}

/**
 * Coverage and uncertainty of an integral.
 *
 * The sampling item is the rectangular bound of each trapezoid, half the step of power times its width, combined in
 * quadrature; a held edge may be off by the range of the series. Inside a gap, held or bridged, nothing is known of the
 * power: it may be off by the highest power seen, however steady the samples are. A delay of the sensor moves power
 * across both edges of the window: at each, the range of the series times the delay.
 */
export function integratedPower(sums: IntegrationSums, options: IntegrationOptions): IntegratedPower {
  const { gapFactor = GAP_FACTOR, sensorWatts = 0, resolutionWatts = 0, delayMs = 0 } = options;
  const { energyJoules, durationSeconds, samples, longestGapMs, medianIntervalMs, highestWatts } = sums;
  const rangeWatts = highestWatts - sums.lowestWatts;
  const isGap = (distanceMs: number): boolean => distanceMs > gapFactor * medianIntervalMs;
  let [samplingVariance, edgeVariance, uncoveredMs] = [0, 2 * (rangeWatts * (delayMs / 1000)) ** 2, 0];
  for (const { count, distanceMs, widthMs, stepVariance, squareSeconds } of sums.intervals.all()) {
    const inGap = isGap(distanceMs / count);
    samplingVariance += inGap ? highestWatts ** 2 * squareSeconds : stepVariance;
    if (inGap) uncoveredMs += widthMs;
  }
  for (const { distanceMs, widthMs } of sums.held) {
    const inGap = isGap(distanceMs);
    edgeVariance += ((inGap ? highestWatts : rangeWatts) * (widthMs / 1000)) ** 2;
    if (inGap) uncoveredMs += widthMs;
  }
  return {
    energyJoules,
    durationSeconds,
    powerAvgWatts: energyJoules / durationSeconds,
    coverage: Math.min(1, Math.max(0, 1 - uncoveredMs / 1000 / durationSeconds)),
    samples,
    medianIntervalMs,
    longestGapMs,
    uncertainty: combineUncertainty({
      sampling: rectangular(Math.sqrt(samplingVariance)),
      sensor: rectangular(sensorWatts * durationSeconds),
      quantisation: rectangular((resolutionWatts / 2) * (medianIntervalMs / 1000)) * Math.sqrt(samples + 2),
      edges: rectangular(Math.sqrt(edgeVariance)),
    }),
  };
}
