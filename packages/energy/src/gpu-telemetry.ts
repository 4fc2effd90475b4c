import type { Reading } from "./meter.ts";

/** Power, temperature and utilisation of all metered GPUs over a window; `undefined` where no value was seen. */
export interface GpuTelemetry {
  /** Mean over time of the power summed over the GPUs. */
  readonly powerAvgWatts: number | undefined;
  readonly powerMaxWatts: number | undefined;
  readonly powerMinWatts: number | undefined;
  /** Mean over devices of each device's mean over its samples. */
  readonly temperatureAvgCelsius: number | undefined;
  readonly temperatureMaxCelsius: number | undefined;
  /** Mean over devices of each device's mean over its samples. */
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
  const sweep = new Map<string, Reading>();
  const temperature = meansAndMax();
  const utilization = meansAndMax();
  const power = timeWeightedPower();

  const endSweep = (): void => {
    let [watts, count] = [0, 0];
    let timeMs: number | undefined;
    for (const { timeEpochMs, powerWatts } of sweep.values()) {
      timeMs ??= timeEpochMs;
      if (powerWatts === undefined) continue;
      watts += powerWatts;
      count += 1;
    }
    // A sum over fewer devices than there are would look like a drop in power
    if (timeMs !== undefined && count === devices.size) power.add(timeMs, watts);
    sweep.clear();
  };

  return {
    add(reading) {
      if (reading.name !== "gpu") return;
      const device = reading.device ?? "";
      if (sweep.has(device)) endSweep();
      devices.add(device);
      sweep.set(device, reading);
      if (reading.temperatureCelsius !== undefined) temperature.add(device, reading.temperatureCelsius);
      if (reading.utilizationPercent !== undefined) utilization.add(device, reading.utilizationPercent);
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

/** Mean over devices of the means over their samples, so that no device counts more for one sample more; and the maximum. */
function meansAndMax(): {
  add(device: string, value: number): void;
  mean(): number | undefined;
  max(): number | undefined;
} {
  const devices = new Map<string, { count: number; sum: number }>();
  let max: number | undefined;
  return {
    add(device, value) {
      const known = devices.get(device);
      if (known) {
        known.count += 1;
        known.sum += value;
      } else devices.set(device, { count: 1, sum: value });
      max = Math.max(max ?? value, value);
    },
    mean() {
      const means = [...devices.values()].map(({ count, sum }) => sum / count);
      return means.length > 0 ? means.reduce((total, value) => total + value, 0) / means.length : undefined;
    },
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
