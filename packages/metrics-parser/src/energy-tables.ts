import {
  type EnergyMetrics,
  energyMetrics,
  type GpuTelemetry,
  gpuTelemetry,
  type Quantity,
  type TimeWindow,
  unavailable,
} from "@ea/energy";
import { ColumnAccumulator } from "./column-summary.ts";
import { cpuEnergySummary } from "./cpu-energy-summary.ts";
import { gpuPowerTable } from "./gpu-power-table.ts";
import { readTable, type TableCounts, type TableRow } from "./table-rows.ts";
import type { TelemetrySource } from "./telemetry-source.ts";
import { piecesOf, type TextSource } from "./text-source.ts";

/** The files of an attempt, ours or the original's; what is not there is left out. */
export interface EnergyTableSources {
  /** `cpu_energy.txt` */
  readonly cpuEnergy?: TextSource | undefined;
  /** `gpu_power.csv` */
  readonly gpuPower?: TelemetrySource | undefined;
  /** `gpu_temperature.csv` */
  readonly gpuTemperature?: TelemetrySource | undefined;
  /** `gpu_utilization.csv` */
  readonly gpuUtilization?: TelemetrySource | undefined;
}

/** What the files of an attempt say. */
export interface EnergyTables {
  readonly metrics: EnergyMetrics;
  /** Package and DRAM as summed up, and each GPU integrated over time stamps; without a value where a file is missing. */
  readonly quantities: readonly Quantity[];
  readonly telemetry: GpuTelemetry;
  /** All powers added up as if each stood for one second, as the original did; `undefined` without any. */
  readonly originalSum: number | undefined;
  readonly gpuPower: TableCounts | undefined;
  readonly gpuTemperature: TableCounts | undefined;
  readonly gpuUtilization: TableCounts | undefined;
}

const CPU = { scope: "host", source: "perf", method: "as summed up in cpu_energy.txt" } as const;
const GPU = { name: "gpu", scope: "device", source: "nvidia-smi", method: "power" } as const;

/**
 * The energy in the tables of an attempt, in constant memory: GPU power is integrated over `window`, or from the first to
 * the last reading; temperature, utilisation and power are those inside of it.
 *
 * @throws MetricsParserError `MISSING_COLUMN` or `BAD_CSV`
 */
export async function energyTables(sources: EnergyTableSources, window?: TimeWindow): Promise<EnergyTables> {
  const telemetry = gpuTelemetry();
  const isInside = ({ timeMs }: TableRow): boolean => !window || (timeMs >= window.startMs && timeMs <= window.endMs);
  const read = async (
    source: TelemetrySource | undefined,
    column: string,
    onRow: (row: TableRow) => void,
  ): Promise<TableCounts | undefined> => (source === undefined ? undefined : readTable(source, column, onRow));

  const power = gpuPowerTable(window);
  const sum = new ColumnAccumulator();
  const gpuPower = await read(sources.gpuPower, "power_draw_w", (row) => {
    power.add(row);
    if (row.value !== undefined) sum.add(row.value);
    const { timeMs, device, value } = row;
    if (isInside(row)) telemetry.addPower(device, timeMs, value);
  });
  const gpuTemperature = await read(sources.gpuTemperature, "gpu_temp_c", (row) => {
    if (row.value !== undefined && isInside(row)) telemetry.addTemperature(row.device, row.value);
  });
  const gpuUtilization = await read(sources.gpuUtilization, "gpu_util_percent", (row) => {
    if (row.value !== undefined && isInside(row)) telemetry.addUtilization(row.device, row.value);
  });
  const quantities = [
    ...(sources.cpuEnergy === undefined
      ? ["cpu_package", "dram"].map((name) => unavailable({ ...CPU, name }, "no cpu_energy.txt"))
      : cpuEnergySummary(await textOf(sources.cpuEnergy))),
    ...(gpuPower ? power.quantities(gpuPower.hasWholeSeconds) : [unavailable(GPU, "no gpu_power.csv")]),
  ];
  const summary = telemetry.summary();
  return {
    metrics: energyMetrics(quantities, summary),
    quantities,
    telemetry: summary,
    originalSum: sum.summary().sum,
    gpuPower,
    gpuTemperature,
    gpuUtilization,
  };
}

async function textOf(source: TextSource): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of piecesOf(source))
    text += typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
