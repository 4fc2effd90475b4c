import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { GpuTelemetry, Quantity, TimeWindow } from "@ea/energy";
import { energyTables, type FileSource, type TableCounts } from "@ea/metrics-parser";
import { cpuQuantities } from "./cpu-quantities.ts";
import { rawGpu } from "./raw-gpu.ts";

const ENERGY_FILE = /^(?:cpu_energy(?:_raw|_powercap)?\.(?:txt|csv)|gpu_(?:raw|power|temperature|utilization)\.csv)$/;
const TABLES = {
  gpuPower: "gpu_power.csv",
  gpuTemperature: "gpu_temperature.csv",
  gpuUtilization: "gpu_utilization.csv",
};

/** When the meters of a directory have measured, in milliseconds since 1970; without it, what the files hold. */
export interface EnergyWindows {
  readonly gpu?: TimeWindow | undefined;
  readonly cpu?: TimeWindow | undefined;
}

/** What the energy files of an attempt tell. */
export interface EnergyDirectory {
  readonly quantities: readonly Quantity[];
  readonly telemetry: GpuTelemetry;
  /** All powers added up as if each stood for one second, as the original did; `undefined` without any. */
  readonly originalSum: number | undefined;
  /** From the first to the last power; `undefined` where no table of powers was read. */
  readonly powerSpan: TimeWindow | undefined;
  /** What each file was read for, and how much of it, as JSON. */
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Gpu = Omit<EnergyDirectory, "powerSpan"> & { readonly powerSpan?: TimeWindow | undefined };

/**
 * Reads the energy files of an attempt: ours, also of a session that was killed, or the original's `energy/`.
 *
 * @param windows asked with the names in the directory.
 * @returns `undefined` for a directory without energy files.
 * @throws what the system says, and the errors of the parsers of perf, nvidia-smi and tables.
 */
export async function readEnergyDirectory(
  path: string,
  windows: EnergyWindows = {},
): Promise<EnergyDirectory | undefined> {
  const names = await readdir(path);
  if (!names.some((name) => ENERGY_FILE.test(name))) return undefined;
  const { cpu: cpuWindow, gpu: window } = windows;
  const cpu = await cpuQuantities(path, cpuWindow && (cpuWindow.endMs - cpuWindow.startMs) / 1000);
  const isRaw = names.includes("gpu_raw.csv") && (!window || !names.includes(TABLES.gpuPower));
  const gpu = (isRaw ? await fromRaw(path) : undefined) ?? (await fromTables(path, names, window));
  return {
    powerSpan: undefined,
    ...gpu,
    quantities: [...gpu.quantities, ...cpu.quantities],
    files: { ...cpu.files, ...gpu.files },
  };
}

async function fromRaw(path: string): Promise<Gpu | undefined> {
  const { quantities, telemetry, originalSum, rows, badLines, isCut } = await rawGpu(join(path, "gpu_raw.csv"));
  if (quantities.length === 0) return undefined;
  const counts = { rows, bad_lines: badLines, is_cut: isCut };
  return {
    quantities,
    telemetry,
    originalSum,
    files: { "gpu_raw.csv": { read_for: "gpu power, temperature, utilisation", kind: "nvidia-smi", ...counts } },
  };
}

async function fromTables(path: string, names: readonly string[], window: TimeWindow | undefined): Promise<Gpu> {
  const open = (name: string): FileSource | undefined =>
    names.includes(name) ? { path: join(path, name) } : undefined;
  const tables = await energyTables(
    {
      gpuPower: open(TABLES.gpuPower),
      gpuTemperature: open(TABLES.gpuTemperature),
      gpuUtilization: open(TABLES.gpuUtilization),
    },
    window,
  );
  const { quantities, telemetry, originalSum, gpuPower, gpuTemperature, gpuUtilization } = tables;
  const entry = (
    name: string,
    purpose: string,
    counts: TableCounts | undefined,
  ): [string, Record<string, unknown>][] =>
    counts ? [[name, { read_for: purpose, rows: counts.rows, missing: counts.missing, bad_rows: counts.badRows }]] : [];
  return {
    quantities: quantities.filter(({ name }) => name === "gpu"),
    telemetry,
    originalSum,
    powerSpan: gpuPower?.span,
    files: Object.fromEntries([
      ...entry(TABLES.gpuPower, "gpu power", gpuPower),
      ...entry(TABLES.gpuTemperature, "gpu temperature", gpuTemperature),
      ...entry(TABLES.gpuUtilization, "gpu utilisation", gpuUtilization),
    ]),
  };
}
