import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  combineUncertainty,
  energyMetrics,
  type GpuTelemetry,
  gpuTelemetry,
  MIN_COVERAGE,
  type Quantity,
  rectangular,
  type TimeWindow,
  unavailable,
} from "@ea/energy";
import { MetricsParserError } from "@ea/metrics-parser";
import { type EnergyMetricsJson, energyMetricsToJson } from "@ea/records";
import { cpuQuantities } from "../energy-directory/cpu-quantities.ts";
import { GPU_TABLES, type GpuFiles, gpuFiles } from "../energy-directory/gpu-files.ts";
import { type NotRead, reasonOf } from "./not-read.ts";

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
  /** What each file was read for and how much of it, or why it was not. */
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly notRead: readonly NotRead[];
}

const GPU = { name: "gpu", scope: "device", source: "nvidia-smi", method: "power" } as const;
const CPU = { scope: "host", source: "perf", method: "RAPL" } as const;
/** The original's wrapper ends so long after the training: it waits for its sampler. */
const WRAPPER_SECONDS = 1.3;
/** What a trace may be shorter than the training: whole-second stamps, and half a reading at the end. */
const SLACK_SECONDS = 1.5;

/**
 * Integrates the raw files of a run over their time stamps, from the first to the last one; `undefined` as directory is a
 * run that has none.
 *
 * @param root what `directory` is relative to.
 * @param durationSeconds as the run's record says it.
 */
export async function runEnergy(
  root: string,
  directory: string | undefined,
  durationSeconds: number | undefined,
): Promise<RunEnergy> {
  if (directory === undefined) return without("the run has no directory of energy files", []);
  const path = join(root, directory);
  let names: readonly string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    return without(reasonOf(error), [{ file: directory, reason: reasonOf(error) }]);
  }
  const cpu = await cpuOf(path, directory);
  const gpu = await gpuOf(path, directory, names);
  const elapsed = cpu.files["cpu_energy_raw.txt"]?.["elapsed_seconds"];
  const elapsedSeconds = typeof elapsed === "number" ? elapsed : undefined;
  const trainingSeconds = elapsedSeconds ?? (durationSeconds && Math.max(0, durationSeconds - WRAPPER_SECONDS));
  const reached = gpu.quantities.map((quantity) => withReach(quantity, gpu.powerSpan, trainingSeconds));
  const quantities = [...reached, ...cpu.quantities];
  return {
    quantities,
    metrics: energyMetricsToJson(energyMetrics(quantities, gpu.telemetry)),
    originalSum: gpu.originalSum,
    powerSpan: gpu.powerSpan,
    elapsedSeconds,
    files: { ...cpu.files, ...gpu.files },
    notRead: [...cpu.notRead, ...gpu.notRead],
  };
}

type Part<Whole> = Whole & { readonly notRead: readonly NotRead[] };

async function cpuOf(path: string, directory: string): Promise<Part<Pick<RunEnergy, "quantities" | "files">>> {
  try {
    const cpu = await cpuQuantities(path);
    const refused = Object.entries(cpu.files).flatMap(([name, { message }]) =>
      typeof message === "string" ? [{ file: `${directory}/${name}`, reason: message }] : [],
    );
    return { ...cpu, notRead: refused };
  } catch (error) {
    const reason = reasonOfFile(error);
    const quantities = ["cpu_package", "dram"].map((name) => unavailable({ ...CPU, name }, reason));
    return { quantities, files: {}, notRead: [{ file: directory, reason }] };
  }
}

/** One table that cannot be read keeps none of the others from being read. */
async function gpuOf(path: string, directory: string, names: readonly string[]): Promise<Part<GpuFiles>> {
  const tables = Object.values(GPU_TABLES).filter((name) => names.includes(name));
  try {
    return { ...(await gpuFiles(path, tables)), notRead: [] };
  } catch (error) {
    reasonOfFile(error); // whatever is not of a file is thrown
  }
  const refused = new Map<string, string>();
  for (const name of tables) {
    const reason = await gpuFiles(path, [name]).then(() => undefined, reasonOfFile);
    if (reason !== undefined) refused.set(name, reason);
  }
  const gpu = await gpuFiles(
    path,
    tables.filter((name) => !refused.has(name)),
  );
  const notRead = [...refused].map(([name, reason]) => ({ file: `${directory}/${name}`, reason }));
  const power = refused.get(GPU_TABLES.gpuPower);
  const refusals = [...refused].map(([name, message]) => [name, { read_for: null, message }]);
  return {
    ...gpu,
    quantities: power === undefined ? gpu.quantities : [unavailable(GPU, power)],
    files: { ...gpu.files, ...Object.fromEntries(refusals) },
    notRead,
  };
}

/** Why a file cannot be read; throws again what is no fault of a file. */
function reasonOfFile(error: unknown): string {
  const isOfTheFile = error instanceof MetricsParserError || (error instanceof Error && "code" in error);
  if (!isOfTheFile) throw error;
  return reasonOf(error);
}

function without(reason: string, notRead: readonly NotRead[]): RunEnergy {
  const quantities = [
    unavailable(GPU, reason),
    ...["cpu_package", "dram"].map((name) => unavailable({ ...CPU, name }, reason)),
  ];
  const nothing: GpuTelemetry = gpuTelemetry().summary();
  return {
    quantities,
    metrics: energyMetricsToJson(energyMetrics(quantities, nothing)),
    originalSum: undefined,
    powerSpan: undefined,
    elapsedSeconds: undefined,
    files: {},
    notRead,
  };
}

/** A trace that does not reach over the training holds a part of its energy only; what is missing is not made up. */
function withReach(quantity: Quantity, span: TimeWindow | undefined, trainingSeconds: number | undefined): Quantity {
  const { name, value, uncertainty } = quantity;
  if (name !== "gpu" || value === null || !uncertainty || !span || trainingSeconds === undefined) return quantity;
  const seconds = (span.endMs - span.startMs) / 1000;
  const edge = rectangular((value / seconds) * Math.abs(trainingSeconds - seconds));
  const edges = Math.hypot(uncertainty.edges ?? 0, edge);
  const share = Math.min(1, (seconds + SLACK_SECONDS) / trainingSeconds);
  const coverage = (quantity.coverage ?? 1) * share;
  const known = { ...quantity, coverage, uncertainty: combineUncertainty({ ...uncertainty, edges }) };
  if (coverage >= MIN_COVERAGE) return known;
  const reach = `the trace reaches over ${seconds.toFixed(0)} s of ${trainingSeconds.toFixed(0)} s`;
  const reasons = [quantity.reason, share < MIN_COVERAGE ? reach : undefined].filter((text) => text !== undefined);
  return { ...known, quality: "partial", reason: reasons.join("; ") || reach };
}
