import type { GpuStatistics } from "./query-statistics.ts";

/** The document of `ea parse` for an nvidia-smi CSV: snake_case, absent is `null`, every absent energy has a reason. */
export function queryStatisticsToJson(gpus: readonly GpuStatistics[]): Record<string, unknown> {
  return {
    kind: "nvidia-smi",
    gpus: gpus.map((gpu) => ({
      index: gpu.index ?? null,
      uuid: gpu.uuid ?? null,
      name: gpu.model ?? null,
      samples: gpu.samples,
      power_column: gpu.column ?? null,
      energy_joules: gpu.energyJoules ?? null,
      uncertainty_joules: gpu.uncertaintyJoules ?? null,
      duration_seconds: gpu.durationSeconds ?? null,
      coverage: gpu.coverage ?? null,
      clock_steps: gpu.clockSteps,
      power_watts: gpu.powerWatts ?? null,
      temperature_celsius: gpu.temperatureCelsius ?? null,
      utilization_percent: gpu.utilizationPercent ?? null,
      reason: gpu.reason ?? null,
    })),
  };
}
