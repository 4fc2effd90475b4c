import { NvsmiError } from "./errors.ts";
import type { GpuSample } from "./gpu-sample.ts";
import { POWER_COLUMNS, type PowerColumn, powerIn } from "./power-sensor.ts";
import { type Spread, spreadCollector } from "./spread.ts";
import { type StampedPower, stampedPower } from "./stamped-power.ts";

/** What the rows of one GPU say. */
export interface GpuStatistics {
  readonly index: number | undefined;
  readonly uuid: string | undefined;
  readonly model: string | undefined;
  /** Rows with a power, without repeated ones. */
  readonly samples: number;
  /** Which power was integrated: `power.draw`, or where it has no number the first other that has. */
  readonly column: PowerColumn | undefined;
  /** From the first to the last power; gaps, and rows without a number, are bridged. */
  readonly energyJoules: number | undefined;
  /** ± joules, about 95 %: what happened between two samples. The accuracy of the sensor is not in it. */
  readonly uncertaintyJoules: number | undefined;
  readonly durationSeconds: number | undefined;
  /** Share of the time outside gaps, 0 to 1. */
  readonly coverage: number | undefined;
  /** How often the time stamps stepped back. */
  readonly clockSteps: number;
  /** `avg` over time where there is an energy, else over the rows. */
  readonly powerWatts: Spread | undefined;
  readonly temperatureCelsius: Spread | undefined;
  readonly utilizationPercent: Spread | undefined;
  /** Why there is no energy. */
  readonly reason: string | undefined;
}

/** Statistics of any number of rows in constant memory. */
export interface QueryStatistics {
  /** Takes the next row. */
  add(sample: GpuSample): void;
  /**
   * One entry per GPU, in the order of their first rows.
   * @throws {NvsmiError} `AMBIGUOUS` when rows have neither index nor UUID and may be those of several GPUs.
   */
  result(): readonly GpuStatistics[];
}

/** Statistics per GPU: by UUID, else by index; rows that have neither are one GPU's, if they can be. */
export function queryStatistics(): QueryStatistics {
  const gpus = new Map<string | number, GpuCollector>();
  return {
    add(sample) {
      const key = sample.uuid ?? sample.index ?? "";
      const gpu = gpus.get(key) ?? gpuCollector(sample);
      gpus.set(key, gpu);
      gpu.add(sample);
    },
    result: () => [...gpus.values()].map((gpu) => gpu.result()),
  };
}

interface GpuCollector {
  /** Takes the next row. */
  add(sample: GpuSample): void;
  result(): GpuStatistics;
}

function gpuCollector({ index, uuid, model }: GpuSample): GpuCollector {
  const series = new Map<PowerColumn, StampedPower>();
  const temperature = spreadCollector();
  const utilization = spreadCollector();
  let absence: string | undefined;
  let hasTime = false;
  return {
    add(sample) {
      const { stampMs, temperatureCelsius, utilizationPercent } = sample;
      absence ??= sample.powerAbsence;
      hasTime ||= stampMs !== undefined;
      let isRepeated = false;
      for (const column of POWER_COLUMNS) {
        const watts = powerIn(sample, column);
        if (watts === undefined) continue;
        const power = series.get(column) ?? stampedPower();
        series.set(column, power);
        isRepeated = !power.add(watts, stampMs) || isRepeated;
      }
      if (isRepeated) return;
      if (temperatureCelsius !== undefined) temperature.add(temperatureCelsius);
      if (utilizationPercent !== undefined) utilization.add(utilizationPercent);
    },
    result() {
      const column = POWER_COLUMNS.find((name) => series.has(name));
      const power = column && series.get(column)?.result();
      if (power?.isMixed && uuid === undefined && index === undefined) {
        const expected = "Expected an index or uuid column where rows may be of several GPUs";
        throw new NvsmiError("AMBIGUOUS", `${expected}, found neither`);
      }
      const { samples = 0, integrated, watts, clockSteps = 0 } = power ?? {};
      return {
        index,
        uuid,
        model,
        samples,
        column,
        energyJoules: integrated?.energyJoules,
        uncertaintyJoules: integrated?.uncertainty.combined,
        durationSeconds: integrated?.durationSeconds,
        coverage: integrated?.coverage,
        clockSteps,
        powerWatts: watts && { ...watts, avg: integrated?.powerAvgWatts ?? watts.avg },
        temperatureCelsius: temperature.result(),
        utilizationPercent: utilization.result(),
        reason: integrated ? undefined : whyNoEnergy(samples, hasTime, absence),
      };
    },
  };
}

function whyNoEnergy(samples: number, hasTime: boolean, absence: string | undefined): string {
  if (samples === 0)
    return absence === undefined ? "no column of power" : `nvidia-smi printed "${absence}" for the power`;
  if (!hasTime) return "no column timestamp";
  return "fewer than two powers at different times";
}
