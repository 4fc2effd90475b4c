import { type EnergyMetrics, type Quantity, QuantityJson, quantityToJson, type TimeWindow } from "@ea/energy";
import { z } from "zod";
import { type BackgroundLoad, BackgroundLoadJson, backgroundLoadToJson } from "./background.ts";
import { Flag } from "./flag.ts";
import { MetricJson } from "./metric.ts";

/** Why an attempt failed; the first of this order that holds. */
export const FailureClass = z.enum([
  "spawn",
  "interrupted",
  "preempted",
  "timeout",
  "stalled",
  "oom",
  "signal",
  "crash",
  "nan",
  "no-metric",
]);
/** Why an attempt failed. */
export type FailureClass = z.infer<typeof FailureClass>;

const number = z.number().nullable();

/** The 11 energy metrics as they stand on disk, named as in the original. */
export const EnergyMetricsJson = z.looseObject({
  cpu_energy_pkg_joules: number,
  cpu_energy_ram_joules: number,
  cpu_energy_total_joules: number,
  gpu_power_avg_watts: number,
  gpu_power_max_watts: number,
  gpu_power_min_watts: number,
  gpu_energy_total_joules: number,
  gpu_temp_avg_celsius: number,
  gpu_temp_max_celsius: number,
  gpu_util_avg_percent: number,
  gpu_util_max_percent: number,
});
/** The 11 energy metrics as they stand on disk. */
export type EnergyMetricsJson = z.infer<typeof EnergyMetricsJson>;

/** The on-disk form of the 11 metrics. */
export function energyMetricsToJson(metrics: EnergyMetrics): EnergyMetricsJson {
  return {
    cpu_energy_pkg_joules: metrics.cpuEnergyPkgJoules,
    cpu_energy_ram_joules: metrics.cpuEnergyRamJoules,
    cpu_energy_total_joules: metrics.cpuEnergyTotalJoules,
    gpu_power_avg_watts: metrics.gpuPowerAvgWatts,
    gpu_power_max_watts: metrics.gpuPowerMaxWatts,
    gpu_power_min_watts: metrics.gpuPowerMinWatts,
    gpu_energy_total_joules: metrics.gpuEnergyTotalJoules,
    gpu_temp_avg_celsius: metrics.gpuTempAvgCelsius,
    gpu_temp_max_celsius: metrics.gpuTempMaxCelsius,
    gpu_util_avg_percent: metrics.gpuUtilAvgPercent,
    gpu_util_max_percent: metrics.gpuUtilMaxPercent,
  };
}

/** An attempt as it stands in `attempt.json` and in `attempts[]` of a record. Fields beside these are kept. */
export const AttemptJson = z.looseObject({
  attempt: z.int().positive(),
  started_at: z.iso.datetime({ offset: true }),
  ended_at: z.iso.datetime({ offset: true }),
  /** `null` when nobody saw its end: `ea` was killed. */
  duration_seconds: z.number().nonnegative().nullable(),
  status: z.enum(["success", "failed", "suspect"]),
  failure_class: FailureClass.nullable(),
  error_message: z.string(),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  command: z.array(z.string()),
  training_cpu_seconds: number,
  meter_cpu_seconds: z.record(z.string(), z.number()),
  meter_windows: z.record(z.string(), z.looseObject({ start_ms: z.number(), end_ms: z.number() })).optional(),
  energy_metrics: EnergyMetricsJson,
  performance_metrics: z.record(z.string(), z.number()),
  /** What each pattern found; records of before have none. */
  metrics: z.record(z.string(), MetricJson).optional(),
  energy: z.array(QuantityJson),
  flags: z.array(Flag),
  /** How the load beside it did; only in mode `parallel`, and not where `ea` was killed. */
  background: BackgroundLoadJson.optional(),
});
/** An attempt as it stands on disk. */
export type AttemptJson = z.infer<typeof AttemptJson>;

/** One execution of a row. */
export interface Attempt {
  /** 1-based. */
  readonly attempt: number;
  /** ISO 8601 with offset. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** From the start of the training's process to its end. */
  readonly durationSeconds: number;
  readonly status: "success" | "failed" | "suspect";
  readonly failureClass: FailureClass | undefined;
  /** Empty after a success. */
  readonly errorMessage: string;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** What was executed: interpreter where one was needed, script, arguments. */
  readonly command: readonly string[];
  /** CPU seconds of the training and of the children that it waited for. */
  readonly trainingCpuSeconds: number | undefined;
  /** CPU seconds that each meter has cost. */
  readonly meterCpuSeconds: Readonly<Record<string, number>>;
  /** When each meter measured, in milliseconds since 1970 of a clock that does not step. */
  readonly meterWindows: Readonly<Record<string, TimeWindow>>;
  readonly energyMetrics: EnergyMetrics;
  /** Metrics that were found and are finite, by the user's names. */
  readonly performanceMetrics: Readonly<Record<string, number>>;
  /** What each pattern found in the log, also where that is no number to work with. */
  readonly metrics?: Readonly<Record<string, MetricJson>> | undefined;
  readonly energy: readonly Quantity[];
  readonly flags: readonly Flag[];
  /** How the load beside it did, in mode `parallel`. */
  readonly background?: BackgroundLoad | undefined;
}

/** The on-disk form of an attempt. */
export function attemptToJson(attempt: Attempt): AttemptJson {
  return {
    attempt: attempt.attempt,
    started_at: attempt.startedAt,
    ended_at: attempt.endedAt,
    duration_seconds: attempt.durationSeconds,
    status: attempt.status,
    failure_class: attempt.failureClass ?? null,
    error_message: attempt.errorMessage,
    exit_code: attempt.exitCode ?? null,
    signal: attempt.signal ?? null,
    command: [...attempt.command],
    training_cpu_seconds: attempt.trainingCpuSeconds ?? null,
    meter_cpu_seconds: { ...attempt.meterCpuSeconds },
    meter_windows: Object.fromEntries(
      Object.entries(attempt.meterWindows).map(([name, { startMs, endMs }]) => [
        name,
        { start_ms: startMs, end_ms: endMs },
      ]),
    ),
    energy_metrics: energyMetricsToJson(attempt.energyMetrics),
    performance_metrics: { ...attempt.performanceMetrics },
    ...(attempt.metrics && { metrics: { ...attempt.metrics } }),
    energy: attempt.energy.map(quantityToJson),
    flags: [...attempt.flags],
    ...(attempt.background && { background: backgroundLoadToJson(attempt.background) }),
  };
}
