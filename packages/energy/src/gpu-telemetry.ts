import type { Reading } from "./meter.ts";

/** Power, temperature and utilisation of all metered GPUs over a window; `undefined` where no value was seen. */
export interface GpuTelemetry {
  /** Mean over time of the power summed over the GPUs. */
  readonly powerAvgWatts: number | undefined;
  readonly powerMaxWatts: number | undefined;
  readonly powerMinWatts: number | undefined;
  /** Mean over samples and devices. */
  readonly temperatureAvgCelsius: number | undefined;
  readonly temperatureMaxCelsius: number | undefined;
  /** Mean over samples and devices. */
  readonly utilizationAvgPercent: number | undefined;
  readonly utilizationMaxPercent: number | undefined;
}

/** Collects readings in constant memory. */
export interface GpuTelemetryCollector {
  /** Adds one reading; readings that are not of a GPU are ignored. */
  add(reading: Reading): void;
  /** The telemetry of everything added so far. */
  summary(): GpuTelemetry;
}

/** Collects the readings of `gpu` quantities, sweep by sweep: a sweep holds each device once. */
export function gpuTelemetry(): GpuTelemetryCollector {
  const devices = new Set<string>();
  let sweep = new Map<string, Reading>();
  const temperature = meanAndMax();
  const utilization = meanAndMax();
  const power = timeWeightedPower();

  const endSweep = (): void => {
    const watts = [...sweep.values()].map(({ powerWatts }) => powerWatts).filter((value) => value !== undefined);
    const first = [...sweep.values()][0];
    // A sum over fewer devices than there are would look like a drop in power
    if (first && watts.length === devices.size) {
      power.add(
        first.timeEpochMs,
        watts.reduce((sum, value) => sum + value, 0),
      );
    }
    sweep = new Map();
  };

  return {
    add(reading) {
      if (reading.name !== "gpu") return;
      const device = reading.device ?? "";
      if (sweep.has(device)) endSweep();
      devices.add(device);
      sweep.set(device, reading);
      if (reading.temperatureCelsius !== undefined) temperature.add(reading.temperatureCelsius);
      if (reading.utilizationPercent !== undefined) utilization.add(reading.utilizationPercent);
    },
    summary() {
      endSweep();
      const { mean, max, min } = power.result();
      return {
        powerAvgWatts: mean,
        powerMaxWatts: max,
        powerMinWatts: min,
        temperatureAvgCelsius: temperature.mean(),
        temperatureMaxCelsius: temperature.max(),
        utilizationAvgPercent: utilization.mean(),
        utilizationMaxPercent: utilization.max(),
      };
    },
  };
}

function meanAndMax(): { add(value: number): void; mean(): number | undefined; max(): number | undefined } {
  let count = 0;
  let sum = 0;
  let max: number | undefined;
  return {
    add(value) {
      count += 1;
      sum += value;
      max = Math.max(max ?? value, value);
    },
    mean: () => (count > 0 ? sum / count : undefined),
    max: () => max,
  };
}

interface PowerResult {
  readonly mean: number | undefined;
  readonly max: number | undefined;
  readonly min: number | undefined;
}

function timeWeightedPower(): { add(timeMs: number, watts: number): void; result(): PowerResult } {
  let last: { timeMs: number; watts: number } | undefined;
  let wattMs = 0;
  let durationMs = 0;
  let max: number | undefined;
  let min: number | undefined;
  return {
    add(timeMs, watts) {
      // A repeated or backward stamp would count its time twice
      if (last && timeMs <= last.timeMs) return;
      if (last) {
        wattMs += ((last.watts + watts) / 2) * (timeMs - last.timeMs);
        durationMs += timeMs - last.timeMs;
      }
      last = { timeMs, watts };
      max = Math.max(max ?? watts, watts);
      min = Math.min(min ?? watts, watts);
    },
    result: () => ({ mean: durationMs > 0 ? wattMs / durationMs : last?.watts, max, min }),
  };
}
