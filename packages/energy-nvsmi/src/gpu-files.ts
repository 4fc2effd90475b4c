import type { GpuSample } from "./parse-query.ts";

/** A sample with its time on our own clock. */
export interface TimedSample {
  readonly timeEpochMs: number;
  readonly sample: GpuSample;
}

/** Texts of the three telemetry files: the original's columns plus GPU and milliseconds; absent is `N/A`. */
export function gpuFiles(samples: readonly TimedSample[]): {
  readonly power: string;
  readonly temperature: string;
  readonly utilization: string;
} {
  const table = (columns: string, values: (sample: GpuSample) => readonly (number | undefined)[]): string => {
    const rows = samples.map(({ timeEpochMs, sample }) => {
      const cells = values(sample).map((value) => value ?? "N/A");
      return [Math.floor(timeEpochMs / 1000), ...cells, sample.uuid, Math.round(timeEpochMs)].join(",");
    });
    return `${[`timestamp,${columns},gpu_uuid,timestamp_ms`, ...rows].join("\n")}\n`;
  };
  return {
    power: table("power_draw_w", ({ powerWatts }) => [powerWatts]),
    temperature: table("gpu_temp_c,memory_temp_c", (s) => [s.temperatureCelsius, s.memoryTemperatureCelsius]),
    utilization: table("gpu_util_percent,memory_util_percent", (s) => [
      s.utilizationPercent,
      s.memoryUtilizationPercent,
    ]),
  };
}
