import {
  energyMetrics,
  type GpuTelemetry,
  MIN_COVERAGE,
  type Quantity,
  type TimeWindow,
  unavailable,
} from "@ea/energy";
import { NvsmiError } from "@ea/energy-nvsmi";
import { MetricsParserError } from "@ea/metrics-parser";
import { type EnergyMetricsJson, energyMetricsToJson } from "@ea/records";
import { readEnergyDirectory } from "../energy-directory/read-energy-directory.ts";

/** The energy of a run by its raw files. */
export interface RunEnergy {
  readonly quantities: readonly Quantity[];
  readonly metrics: EnergyMetricsJson;
  /** The original's GPU energy: all powers added up as if each stood for one second. */
  readonly originalSum: number | undefined;
  /** From the first to the last power of the GPU's trace. */
  readonly powerSpan: TimeWindow | undefined;
  /** How long perf has counted. */
  readonly elapsedSeconds: number | undefined;
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Why a file was not read. */
  readonly problems: readonly string[];
}

const GPU = { name: "gpu", scope: "device", source: "nvidia-smi", method: "power" } as const;
const CPU = { scope: "host", source: "perf", method: "RAPL" } as const;
const NO_TELEMETRY: GpuTelemetry = {
  powerAvgWatts: undefined,
  powerMaxWatts: undefined,
  powerMinWatts: undefined,
  temperatureAvgCelsius: undefined,
  temperatureMaxCelsius: undefined,
  utilizationAvgPercent: undefined,
  utilizationMaxPercent: undefined,
};

/** Integrates the raw files of a run over their time stamps; `undefined` as directory is a run that has none. */
export async function runEnergy(directory: string | undefined, reason: string): Promise<RunEnergy> {
  if (directory === undefined) return without(reason);
  try {
    const found = await readEnergyDirectory(directory);
    if (!found) return without("the directory of its energy has no energy files");
    const elapsed = found.files["cpu_energy_raw.txt"]?.["elapsed_seconds"];
    const elapsedSeconds = typeof elapsed === "number" ? elapsed : undefined;
    const quantities = found.quantities.map((quantity) => withReach(quantity, found.powerSpan, elapsedSeconds));
    const { telemetry, originalSum, powerSpan, files } = found;
    const metrics = energyMetricsToJson(energyMetrics(quantities, telemetry));
    return { quantities, metrics, originalSum, powerSpan, elapsedSeconds, files, problems: [] };
  } catch (error) {
    const isOfTheFile = error instanceof MetricsParserError || error instanceof NvsmiError || hasCode(error);
    if (!(error instanceof Error) || !isOfTheFile) throw error;
    return { ...without(error.message), problems: [error.message] };
  }
}

function without(reason: string): RunEnergy {
  const quantities = [
    unavailable(GPU, reason),
    ...["cpu_package", "dram"].map((name) => unavailable({ ...CPU, name }, reason)),
  ];
  return {
    quantities,
    metrics: energyMetricsToJson(energyMetrics(quantities, NO_TELEMETRY)),
    originalSum: undefined,
    powerSpan: undefined,
    elapsedSeconds: undefined,
    files: {},
    problems: [],
  };
}

/** A trace that ended long before the training did holds a part of its energy only. */
function withReach(quantity: Quantity, span: TimeWindow | undefined, elapsedSeconds: number | undefined): Quantity {
  if (quantity.name !== "gpu" || quantity.value === null || !span || elapsedSeconds === undefined) return quantity;
  const seconds = (span.endMs - span.startMs) / 1000;
  // Whole seconds, and the distance of two readings at the end
  const share = Math.min(1, (seconds + SLACK_SECONDS) / elapsedSeconds);
  const coverage = (quantity.coverage ?? 1) * share;
  if (coverage >= MIN_COVERAGE) return { ...quantity, coverage };
  const reach = `the trace reaches over ${seconds.toFixed(0)} s of ${elapsedSeconds.toFixed(0)} s`;
  const reason = share < MIN_COVERAGE ? reach : (quantity.reason ?? reach);
  return { ...quantity, coverage, quality: "partial", reason };
}

/** What a trace may be shorter than the training: whole-second stamps, and one slow reading at the end. */
const SLACK_SECONDS = 4;

function hasCode(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}
