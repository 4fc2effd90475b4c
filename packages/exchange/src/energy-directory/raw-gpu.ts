import { createReadStream } from "node:fs";
import {
  checkQuantity,
  combineUncertainty,
  type GpuTelemetry,
  gpuTelemetry,
  MIN_COVERAGE,
  type Quantity,
  rectangular,
  unavailable,
} from "@ea/energy";
import { type GpuStatistics, querySamples, queryStatistics, SENSOR_WATTS } from "@ea/energy-nvsmi";

/** What `gpu_raw.csv` tells: nvidia-smi's own output, up to the last complete row. */
export interface RawGpu {
  readonly quantities: readonly Quantity[];
  readonly telemetry: GpuTelemetry;
  /** All powers added up as if each stood for one second. */
  readonly originalSum: number | undefined;
  readonly rows: number;
  readonly badLines: number;
  readonly isCut: boolean;
}

/** Reads `gpu_raw.csv` in constant memory. */
export async function rawGpu(path: string): Promise<RawGpu> {
  const statistics = queryStatistics();
  const telemetry = gpuTelemetry();
  const samples = querySamples(createReadStream(path, "utf8"));
  let rows = 0;
  let originalSum: number | undefined;
  let step = await samples.next();
  for (; step.done !== true; step = await samples.next()) {
    const { stampMs, uuid, powerWatts: draw, powerInstantWatts, powerAverageWatts, ...sample } = step.value;
    const powerWatts = draw ?? powerInstantWatts ?? powerAverageWatts;
    rows += 1;
    statistics.add(step.value);
    if (powerWatts !== undefined) originalSum = (originalSum ?? 0) + powerWatts;
    if (stampMs === undefined) continue;
    const { temperatureCelsius, utilizationPercent } = sample;
    telemetry.add({
      timeEpochMs: stampMs,
      name: "gpu",
      device: uuid,
      powerWatts,
      temperatureCelsius,
      utilizationPercent,
    });
  }
  const quantities = statistics.result().map(toQuantity);
  return { quantities, telemetry: telemetry.summary(), originalSum, rows, ...step.value };
}

function toQuantity(gpu: GpuStatistics): Quantity {
  const { uuid, column, energyJoules, uncertaintyJoules = 0, durationSeconds = 0, coverage = 0, reason } = gpu;
  const method = `${column ?? "power"} integrated over time stamps (trapezoid), from the first to the last reading`;
  const identity = { name: "gpu", scope: "device", device: uuid, source: "nvidia-smi", method } as const;
  if (energyJoules === undefined) return unavailable(identity, reason ?? "no energy");
  const isPartial = coverage < MIN_COVERAGE;
  return checkQuantity({
    ...identity,
    value: energyJoules,
    unit: "J",
    quality: isPartial ? "partial" : "integrated",
    reason: isPartial ? "gaps between readings" : undefined,
    uncertainty: combineUncertainty({
      sampling: uncertaintyJoules / 2,
      sensor: rectangular(SENSOR_WATTS * durationSeconds),
    }),
    coverage,
  });
}
