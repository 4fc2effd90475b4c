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
  /** Adds a power that was read by itself, at milliseconds since 1970; `undefined` is one that was missing. */
  addPower(device: string | undefined, timeEpochMs: number, watts: number | undefined): void;
  /** Adds a temperature that was read by itself. */
  addTemperature(device: string | undefined, celsius: number): void;
  /** Adds a utilisation that was read by itself. */
  addUtilization(device: string | undefined, percent: number): void;
  /** The telemetry of everything added so far. */
  summary(): GpuTelemetry;
}

/** Collects the readings of `gpu` quantities, sweep by sweep: a sweep holds each device once. */
export function gpuTelemetry(): GpuTelemetryCollector {
  const devices = new Set<string>();
  /** Power of each device in the sweep, and the moment of the first. */
  const sweep = new Map<string, number | undefined>();
  let sweepMs = 0;
  const temperature = meansAndMax();
  const utilization = meansAndMax();
  const power = timeWeightedPower();

  const endSweep = (): void => {
    let watts = 0;
    let count = 0;
    for (const one of sweep.values()) {
      if (one === undefined) continue;
      watts += one;
      count += 1;
    }
    // A sum over fewer devices than there are would look like a drop in power
    if (count > 0 && count === devices.size) power.add(sweepMs, watts);
    sweep.clear();
  };

  const addPower = (device: string | undefined, timeEpochMs: number, watts: number | undefined): void => {
    const key = device ?? "";
    if (sweep.has(key)) endSweep();
    if (sweep.size === 0) sweepMs = timeEpochMs;
    devices.add(key);
    sweep.set(key, watts);
  };

  return {
    add({ name, device, timeEpochMs, powerWatts, temperatureCelsius, utilizationPercent }) {
      if (name !== "gpu") return;
      addPower(device, timeEpochMs, powerWatts);
      if (temperatureCelsius !== undefined) temperature.add(device ?? "", temperatureCelsius);
      if (utilizationPercent !== undefined) utilization.add(device ?? "", utilizationPercent);
    },
    addPower,
    addTemperature: (device = "", celsius) => temperature.add(device, celsius),
    addUtilization: (device = "", percent) => utilization.add(device, percent),
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
