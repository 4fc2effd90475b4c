import { createHash } from "node:crypto";
import { quantityToJson } from "@ea/energy";
import {
  type AttemptJson,
  type BackgroundJson,
  type EnvironmentJson,
  type ImportedJson,
  type PlanRow,
  type PublishedJson,
  type RecordJson,
  rowName,
  SCHEMA_VERSION,
} from "@ea/records";
import type { OriginalBackground } from "./original-record.ts";
import type { RunEnergy } from "./run-energy.ts";
import type { RunTimes } from "./run-times.ts";
import type { Verdict } from "./verdict.ts";

/** Everything that a record is made of. */
export interface RunFacts {
  readonly source: string;
  readonly repository: string;
  readonly model: string;
  readonly mode: PlanRow["mode"];
  readonly hyperparameters: RecordJson["hyperparameters"];
  readonly mutated: readonly string[];
  readonly energy: RunEnergy;
  readonly times: RunTimes;
  readonly verdict: Verdict;
  readonly metrics: AttemptJson["metrics"];
  readonly performanceMetrics: Readonly<Record<string, number>>;
  readonly exitCode: number | undefined;
  readonly command: readonly string[];
  readonly retries: number;
  readonly background: OriginalBackground | undefined;
  readonly published: readonly PublishedJson[];
  readonly echoed: ImportedJson["echoed"];
  /** The log that was read, relative to what is imported. */
  readonly log: string | undefined;
  readonly provenance: Readonly<Record<string, string>>;
  readonly differences: ImportedJson["differences"];
}

/** Nobody wrote down where the original's runs took place. */
const ENVIRONMENT: EnvironmentJson = {
  host: null,
  kernel: null,
  cpu_model: null,
  cpu_microcode: null,
  cpu_threads: null,
  memory_bytes: null,
  node_version: null,
  tool_version: null,
  governor: { before: null, requested: null, during: null },
  gpus: [],
  repository: { path: null, commit: null, dirty: null, script_sha256: null },
  libraries: {},
  variables: {},
};

/** The row of a plan that a run would have been. */
export function rowOf(
  facts: RunFacts,
  place: { readonly session: string; readonly row: number; readonly experiment: number; readonly repetition: number },
): PlanRow {
  const key = configurationText(facts.hyperparameters);
  const { repository, model } = facts;
  const name = rowName({ row: place.row, repository, model, keyHash: hashOf(key) });
  return {
    row: place.row,
    experiment: place.experiment,
    experimentId: `${place.session}_${name}`,
    repository,
    model,
    mode: facts.mode,
    hyperparameters: facts.hyperparameters,
    mutated: facts.mutated,
    key,
    probability: undefined,
    repetition: place.repetition,
    block: place.repetition,
    argv: facts.command,
  };
}

/** The record of a run that was imported. */
export function recordOf(facts: RunFacts, row: PlanRow): RecordJson {
  const { energy, times, verdict } = facts;
  const quantities = energy.quantities.map(quantityToJson);
  const attempt: AttemptJson = {
    attempt: facts.retries + 1,
    started_at: times.startedAt,
    ended_at: times.endedAt,
    duration_seconds: times.durationSeconds,
    status: verdict.status,
    failure_class: verdict.failureClass ?? null,
    error_message: verdict.errorMessage,
    exit_code: facts.exitCode ?? null,
    signal: null,
    command: [...facts.command],
    training_cpu_seconds: null,
    meter_cpu_seconds: {},
    meter_windows: { ...times.windows },
    energy_metrics: energy.metrics,
    performance_metrics: { ...facts.performanceMetrics },
    ...(facts.metrics && { metrics: facts.metrics }),
    energy: quantities,
    flags: [],
  };
  return {
    experiment_id: row.experimentId,
    timestamp: times.startedAt,
    repository: facts.repository,
    model: facts.model,
    hyperparameters: facts.hyperparameters,
    duration_seconds: times.durationSeconds,
    energy_metrics: energy.metrics,
    performance_metrics: { ...facts.performanceMetrics },
    training_success: verdict.status === "success",
    retries: facts.retries,
    error_message: verdict.errorMessage,
    schema_version: SCHEMA_VERSION,
    status: verdict.status,
    failure_class: verdict.failureClass ?? null,
    row: row.row,
    mode: facts.mode,
    mutated: [...facts.mutated],
    repetition: row.repetition,
    attempts: [attempt],
    energy: quantities,
    environment: ENVIRONMENT,
    flags: [...verdict.flags],
    ...(facts.background && { background: backgroundOf(facts.background) }),
    imported: {
      format: "green-deep-learning",
      source: facts.source,
      published: [...facts.published],
      echoed: facts.echoed,
      provenance: { ...facts.provenance },
      original_sum_joules: energy.originalSum ?? null,
      differences: facts.differences,
      files: energy.files,
    },
  };
}

/** `name=value` pairs in the order of their names, without the seed: equal texts, equal configurations. */
export function configurationText(hyperparameters: RecordJson["hyperparameters"]): string {
  return Object.keys(hyperparameters)
    .filter((name) => name !== "seed" && hyperparameters[name] !== null)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(String(hyperparameters[name]))}`)
    .join(",");
}

function backgroundOf({ repository, model, hyperparameters }: OriginalBackground): BackgroundJson {
  return {
    repository,
    model,
    hyperparameters: { ...hyperparameters },
    key: `${repository}/${model}/${configurationText(hyperparameters)}`,
    argv: [],
    working_copy: null,
    head_start_seconds: null,
    environment: { repository: ENVIRONMENT.repository, libraries: {}, variables: {} },
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
