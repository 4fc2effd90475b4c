import { EnergyError } from "./errors.ts";

/** Power at one moment. */
export interface PowerSample {
  /** Milliseconds on any clock, the same for all samples and the window. */
  readonly timeMs: number;
  readonly powerWatts: number;
}

/** The stretch of time whose energy is asked for, in milliseconds on the clock of the samples. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** Samples in order of time: what is not finite, repeats a moment or steps back in time is left out. */
export function cleanSeries(samples: Iterable<PowerSample>): PowerSample[] {
  const clean: PowerSample[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    const isFinite = Number.isFinite(sample.powerWatts) && Number.isFinite(sample.timeMs);
    if (!isFinite || sample.timeMs <= last) continue;
    clean.push(sample);
    last = sample.timeMs;
  }
  return clean;
}

/** Median distance of neighbouring samples in milliseconds; `undefined` with fewer than two samples. */
export function medianIntervalMs(series: readonly PowerSample[]): number | undefined {
  const intervals = new Float64Array(Math.max(series.length - 1, 0));
  let previous: PowerSample | undefined;
  series.forEach((sample, index) => {
    if (previous) intervals[index - 1] = sample.timeMs - previous.timeMs;
    previous = sample;
  });
  return intervals.sort()[Math.floor(intervals.length / 2)];
}

/**
 * The series cut to the window, with a sample exactly at its start and its end: interpolated between two samples,
 * or the nearest sample held where there is none beyond.
 *
 * @throws {EnergyError} `BAD_WINDOW` when the window ends before it starts.
 */
export function clipSeries(series: readonly PowerSample[], window: TimeWindow): PowerSample[] {
  const { startMs, endMs } = window;
  if (!(endMs >= startMs)) {
    throw new EnergyError("BAD_WINDOW", `Expected a window that ends after its start, found ${startMs} to ${endMs} ms`);
  }
  const inside = series.filter(({ timeMs }) => timeMs > startMs && timeMs < endMs);
  const start = powerAt(series, startMs);
  const end = powerAt(series, endMs);
  if (start === undefined || end === undefined) return [];
  return [{ timeMs: startMs, powerWatts: start }, ...inside, { timeMs: endMs, powerWatts: end }];
}

function powerAt(series: readonly PowerSample[], timeMs: number): number | undefined {
  let before: PowerSample | undefined;
  for (const sample of series) {
    if (sample.timeMs === timeMs) return sample.powerWatts;
    if (sample.timeMs > timeMs) {
      if (!before) return sample.powerWatts;
      const share = (timeMs - before.timeMs) / (sample.timeMs - before.timeMs);
      return before.powerWatts + share * (sample.powerWatts - before.powerWatts);
    }
    before = sample;
  }
  return before?.powerWatts;
}
