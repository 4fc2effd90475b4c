import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { GpuTelemetry, Quantity, TimeWindow } from "@ea/energy";
import { energyTables, type TableCounts, type TelemetrySource } from "@ea/metrics-parser";
import { rawGpu } from "./raw-gpu.ts";

/** The tables of an attempt's GPU. */
export const GPU_TABLES = {
  gpuPower: "gpu_power.csv",
  gpuTemperature: "gpu_temperature.csv",
  gpuUtilization: "gpu_utilization.csv",
} as const;

const PURPOSES = { gpuPower: "gpu power", gpuTemperature: "gpu temperature", gpuUtilization: "gpu utilisation" };

/** What the GPU's files tell. */
export interface GpuFiles {
  readonly quantities: readonly Quantity[];
  readonly telemetry: GpuTelemetry;
  /** All powers added up as if each stood for one second, as the original did; `undefined` without any. */
  readonly originalSum: number | undefined;
  /** From the first to the last power; `undefined` where no table of powers was read. */
  readonly powerSpan: TimeWindow | undefined;
  /** What each file was read for, and how much of it, as JSON. */
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Reads nvidia-smi's own output where the window is not known, else the tables; those of `names` that are there. */
export async function gpuFiles(path: string, names: readonly string[], window?: TimeWindow): Promise<GpuFiles> {
  const isRaw = names.includes("gpu_raw.csv") && (!window || !names.includes(GPU_TABLES.gpuPower));
  return (isRaw ? await fromRaw(path) : undefined) ?? (await fromTables(path, names, window));
}

async function fromRaw(path: string): Promise<GpuFiles | undefined> {
  const { quantities, telemetry, originalSum, rows, badLines, isCut } = await rawGpu(join(path, "gpu_raw.csv"));
  if (quantities.length === 0) return undefined;
  const counts = { rows, bad_lines: badLines, is_cut: isCut };
  return {
    quantities,
    telemetry,
    originalSum,
    powerSpan: undefined,
    files: { "gpu_raw.csv": { read_for: "gpu power, temperature, utilisation", kind: "nvidia-smi", ...counts } },
  };
}

async function fromTables(path: string, names: readonly string[], window: TimeWindow | undefined): Promise<GpuFiles> {
  const source = (name: string): TelemetrySource | undefined =>
    names.includes(name) ? tableSource(join(path, name)) : undefined;
  const tables = await energyTables(
    {
      gpuPower: source(GPU_TABLES.gpuPower),
      gpuTemperature: source(GPU_TABLES.gpuTemperature),
      gpuUtilization: source(GPU_TABLES.gpuUtilization),
    },
    window,
  );
  const { quantities, telemetry, originalSum, gpuPower } = tables;
  const entry = (key: keyof typeof GPU_TABLES): [string, Record<string, unknown>][] => {
    const counts: TableCounts | undefined = tables[key];
    if (!counts) return [];
    const { rows, missing, badRows: bad_rows } = counts;
    return [[GPU_TABLES[key], { read_for: PURPOSES[key], rows, missing, bad_rows }]];
  };
  return {
    quantities: quantities.filter(({ name }) => name === "gpu"),
    telemetry,
    originalSum,
    powerSpan: gpuPower?.span,
    files: Object.fromEntries([...entry("gpuPower"), ...entry("gpuTemperature"), ...entry("gpuUtilization")]),
  };
}

/** A table that is small is read at once, which takes half the time; one that may be large, or is no file, block by block. */
function tableSource(path: string): TelemetrySource {
  const stats = statSync(path);
  return stats.isFile() && stats.size <= SMALL_BYTES ? [readFileSync(path)] : { path };
}

const SMALL_BYTES = 2 ** 20;
