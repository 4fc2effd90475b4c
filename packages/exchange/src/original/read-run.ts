import type { PlanRow, PublishedJson } from "@ea/records";
import { differencesOf } from "./differences.ts";
import type { OriginalFiles } from "./find-originals.ts";
import { type LogFacts, readLog } from "./log-facts.ts";
import { fullestLog } from "./log-head.ts";
import { type NotRead, reasonOf } from "./not-read.ts";
import { canonicalMetric, type OriginalMetrics, originalMetrics } from "./original-metrics.ts";
import { type OriginalRecord, publishedRecord } from "./original-record.ts";
import { type Parameters, parameterVector } from "./parameter-vector.ts";
import type { RecordFile } from "./record-file.ts";
import { type RunEnergy, runEnergy } from "./run-energy.ts";
import { readRunName } from "./run-name.ts";
import type { RunFacts } from "./run-record.ts";
import { runTimes } from "./run-times.ts";
import type { Survey } from "./survey.ts";
import { judgeRun } from "./verdict.ts";

/** What is known beside the run's own files. */
export interface RunContext {
  readonly root: string;
  readonly survey: Survey;
  /** Rows of tables that mean this run. */
  readonly rows: readonly PublishedJson[];
  /** Defaults of a configuration by repository. */
  readonly configured: Readonly<Record<string, Parameters>>;
}

/** A run that was read, or why it cannot be a record. */
export type ReadRun =
  | { readonly facts: RunFacts; readonly notRead: readonly NotRead[] }
  | { readonly reason: string; readonly notRead: readonly NotRead[] };

/** All facts about a run. */
export async function readRun(
  files: OriginalFiles,
  { record, notRead }: RecordFile,
  context: RunContext,
): Promise<ReadRun> {
  const { root, survey, configured, rows } = context;
  const named = readRunName(files.name);
  const repository = record?.repository ?? named?.repository;
  const model = record?.model ?? named?.model;
  if (repository === undefined || model === undefined) {
    return { reason: "neither its record nor its name tells repository and model", notRead };
  }
  const energy = await runEnergy(root, files.energy.at(-1)?.directory, record?.durationSeconds);
  const { durationSeconds, timestamp } = record ?? {};
  const times = runTimes({ timestamp, durationSeconds, energy, usualOffset: survey.usualOffset });
  if (typeof times === "string") return { reason: times, notRead: [...notRead, ...energy.notRead] };
  const metrics = originalMetrics(repository, model);
  const { log, notRead: unreadLog } = await logOf(root, files.logs, metrics);
  const verdict = judgeRun(record, log);
  const own = record && files.record !== undefined ? [publishedRecord(record, files.record)] : [];
  const published = [...own, ...rows];
  const recorded = record?.hyperparameters ?? {};
  const vector = parameterVector({
    recorded,
    echoed: log?.echoed ?? {},
    // Without a record nobody knows what was passed, and so not what was left at its default either
    trainerDefaults: record ? survey.defaults.of(repository, model) : {},
    configured: (record && configured[repository]) ?? {},
  });
  const performance = performanceOf(record, log, metrics);
  const facts: RunFacts = {
    source: files.source,
    repository,
    model,
    mode: modeOf(record, rows, named?.isParallel ?? false, configured[repository]),
    hyperparameters: vector.values,
    mutated: Object.keys(recorded),
    energy,
    times,
    verdict,
    metrics: log?.metrics,
    performanceMetrics: performance.values,
    exitCode: log?.exitCode,
    command: log?.command ?? [],
    retries: record?.retries ?? attemptsBefore(files),
    background: record?.background,
    published,
    echoed: log?.echoed ?? {},
    log: log?.file,
    provenance: {
      ...times.provenance,
      ...nameProvenance(record),
      status: verdict.provenance,
      ...prefixed("hyperparameters", vector.provenance),
      ...prefixed("performance_metrics", performance.provenance),
      ...energyProvenance(energy, files),
    },
    differences: differencesOf(
      {
        duration_seconds: times.durationSeconds,
        energy_metrics: energy.metrics,
        performance_metrics: performance.values,
      },
      published,
      (name, value) => canonicalMetric(metrics, name, value),
    ),
  };
  return { facts, notRead: [...notRead, ...energy.notRead, ...unreadLog] };
}

async function logOf(
  root: string,
  logs: readonly string[],
  metrics: OriginalMetrics,
): Promise<{ readonly log: LogFacts | undefined; readonly notRead: readonly NotRead[] }> {
  const file = await fullestLog(root, logs);
  if (file === undefined) return { log: undefined, notRead: [] };
  try {
    return { log: await readLog(root, file, metrics), notRead: [] };
  } catch (error) {
    if (!(error instanceof TypeError || (error instanceof Error && "code" in error))) throw error;
    return { log: undefined, notRead: [{ file, reason: reasonOf(error) }] };
  }
}

/** As the log tells them; what it does not tell, as it was published, in our unit. */
function performanceOf(
  record: OriginalRecord | undefined,
  log: LogFacts | undefined,
  metrics: OriginalMetrics,
): { readonly values: Readonly<Record<string, number>>; readonly provenance: Readonly<Record<string, string>> } {
  const found = Object.keys(log?.values ?? {});
  const rest = Object.entries(record?.performanceMetrics ?? {}).filter(([name]) => !found.includes(name));
  const asPublished = Object.fromEntries(rest.map(([name, value]) => [name, canonicalMetric(metrics, name, value)]));
  const isConverted = (name: string): boolean => metrics[name]?.published === "percent";
  return {
    values: { ...log?.values, ...asPublished },
    provenance: {
      ...Object.fromEntries(found.map((name) => [name, `${log?.file}:${log?.metrics[name]?.line}`])),
      ...Object.fromEntries(
        rest.map(([name]) => [name, isConverted(name) ? "recorded, in percent; here a ratio" : "recorded"]),
      ),
    },
  };
}

function modeOf(
  record: OriginalRecord | undefined,
  rows: readonly PublishedJson[],
  isNamedParallel: boolean,
  configured: Parameters | undefined,
): PlanRow["mode"] {
  if (record?.isParallel ?? isNamedParallel) return "parallel";
  const recorded = Object.entries(record?.hyperparameters ?? {});
  const isSaid = rows.some((row) => row["num_mutated_params"] === 0);
  const isDefault = configured !== undefined && recorded.every(([name, value]) => configured[name] === value);
  return recorded.length === 0 || isSaid || isDefault ? "default" : "mutation";
}

/** Attempts whose energy is there, before the last one. */
function attemptsBefore({ energy }: OriginalFiles): number {
  return Math.max(0, (energy.at(-1)?.attempt ?? 1) - 1);
}

function nameProvenance(record: OriginalRecord | undefined): Readonly<Record<string, string>> {
  const from = (value: unknown): string => (value === undefined ? "name of the run" : "recorded");
  const mode = record ? "recorded" : "name of the run; whether it was mutated is not known";
  return { repository: from(record?.repository), model: from(record?.model), mode };
}

function energyProvenance(
  { quantities, files }: RunEnergy,
  { energy }: OriginalFiles,
): Readonly<Record<string, string>> {
  const directory = energy.at(-1)?.directory ?? "";
  return Object.fromEntries(
    quantities.flatMap(({ name, method, value }) => {
      const entry = Object.entries(files).find(([, { read_for: purpose }]) => String(purpose).includes(name));
      return value === null ? [] : [[`energy.${name}`, entry ? `${directory}/${entry[0]}: ${method}` : method]];
    }),
  );
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [`${prefix}.${name}`, text]));
}
