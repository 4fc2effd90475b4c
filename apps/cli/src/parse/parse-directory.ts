import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  energyMetrics,
  type GpuTelemetry,
  type Quantity,
  type QuantityJson,
  quantityToJson,
  type TimeWindow,
} from "@ea/energy";
import { energyTables, type TableCounts } from "@ea/metrics-parser";
import { AttemptJson, type EnergyMetricsJson, energyMetricsToJson } from "@ea/records";
import { cpuQuantities } from "./cpu-quantities.ts";
import { inputError } from "./input-error.ts";
import type { Document } from "./parse-file.ts";
import { rawGpu } from "./raw-gpu.ts";

const ENERGY_FILE = /^(?:cpu_energy(?:_raw|_powercap)?\.(?:txt|csv)|gpu_(?:raw|power|temperature|utilization)\.csv)$/;
const TABLES = {
  gpuPower: "gpu_power.csv",
  gpuTemperature: "gpu_temperature.csv",
  gpuUtilization: "gpu_utilization.csv",
};

/** What the GPU's files tell. */
interface Gpu {
  readonly quantities: readonly Quantity[];
  readonly telemetry: GpuTelemetry;
  readonly originalSum: number | undefined;
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The energy of an attempt by its files. */
export interface DirectoryEnergy {
  readonly metrics: EnergyMetricsJson;
  readonly energy: QuantityJson[];
  readonly originalSum: number | undefined;
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Reads the energy files of an attempt: ours, also of a session that was killed, or the original's `energy/`.
 *
 * @throws {RunnerError} `CONFIG` for a directory without energy files.
 */
export async function readEnergy(path: string, shownAs: string): Promise<DirectoryEnergy> {
  const names = await readdir(path);
  if (!names.some((name) => ENERGY_FILE.test(name))) {
    if (names.includes("energy")) return readEnergy(join(path, "energy"), join(shownAs, "energy"));
    const attempt = names.filter((name) => /^attempt_\d+$/.test(name)).at(-1);
    const hint = attempt === undefined ? "" : `; did you mean ${join(shownAs, attempt)}?`;
    throw inputError(shownAs, `expected energy files such as gpu_power.csv or cpu_energy.txt, found none${hint}`);
  }
  const windowOf = names.includes("attempt.json") ? await attemptWindows(join(path, "attempt.json")) : undefined;
  const window = windowOf?.("nvidia-smi");
  const cpuWindow = windowOf?.("cpu");
  const cpu = await cpuQuantities(path, cpuWindow && (cpuWindow.endMs - cpuWindow.startMs) / 1000);
  const isRaw = names.includes("gpu_raw.csv") && (!window || !names.includes(TABLES.gpuPower));
  const gpu = (isRaw ? await fromRaw(path) : undefined) ?? (await fromTables(path, names, window));
  const quantities = [...gpu.quantities, ...cpu.quantities];
  return {
    metrics: energyMetricsToJson(energyMetrics(quantities, gpu.telemetry)),
    energy: quantities.map(quantityToJson),
    originalSum: gpu.originalSum,
    files: { ...cpu.files, ...gpu.files },
  };
}

/** `ea parse` of a directory. */
export async function parseDirectory(path: string, shownAs: string): Promise<Document> {
  const { metrics, energy, originalSum, files } = await readEnergy(path, shownAs);
  return { kind: "directory", energy_metrics: metrics, energy, original_sum: originalSum ?? null, files };
}

/** When each meter measured; of one that did not say, the training's own time: `started_at` is before the meters have started. */
async function attemptWindows(path: string): Promise<((meter: string) => TimeWindow) | undefined> {
  const json: unknown = JSON.parse(await readFile(path, "utf8"));
  const attempt = AttemptJson.safeParse(json);
  if (!attempt.success || attempt.data.duration_seconds === null) return undefined;
  const endMs = Date.parse(attempt.data.ended_at);
  const training = { startMs: endMs - attempt.data.duration_seconds * 1000, endMs };
  return (meter) => {
    const window = attempt.data.meter_windows?.[meter];
    return window ? { startMs: window.start_ms, endMs: window.end_ms } : training;
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
  const open = (name: string): AsyncIterable<Uint8Array> | undefined =>
    names.includes(name) ? createReadStream(join(path, name)) : undefined;
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
    files: Object.fromEntries([
      ...entry(TABLES.gpuPower, "gpu power", gpuPower),
      ...entry(TABLES.gpuTemperature, "gpu temperature", gpuTemperature),
      ...entry(TABLES.gpuUtilization, "gpu utilisation", gpuUtilization),
    ]),
  };
}
