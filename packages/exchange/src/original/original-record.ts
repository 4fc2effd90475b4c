import type { EnergyMetricsJson, ParameterValue, PublishedJson } from "@ea/records";
import { booleanOf, numberOf, objectOf, textOf } from "./json-value.ts";
import { energyOf } from "./published-energy.ts";

/** The load beside a run, as far as the original wrote it down. */
export interface OriginalBackground {
  readonly repository: string;
  readonly model: string;
  readonly hyperparameters: Readonly<Record<string, ParameterValue>>;
}

/** The original's `experiment.json`, of a run alone or beside a load. What it does not say is `undefined`. */
export interface OriginalRecord {
  readonly experimentId: string | undefined;
  /** As written: without an offset, at the end of the run. */
  readonly timestamp: string | undefined;
  readonly repository: string | undefined;
  readonly model: string | undefined;
  readonly isParallel: boolean;
  readonly hyperparameters: Readonly<Record<string, ParameterValue>>;
  readonly durationSeconds: number | undefined;
  readonly energyMetrics: EnergyMetricsJson;
  readonly performanceMetrics: Readonly<Record<string, number>>;
  readonly trainingSuccess: boolean | undefined;
  readonly retries: number | undefined;
  readonly errorMessage: string | undefined;
  readonly background: OriginalBackground | undefined;
  /** Fields that are not what they should be, and are left out. */
  readonly problems: readonly string[];
}

/** Whether a JSON value is a record of the original; one with `schema_version` is ours. */
export function isOriginalRecord(value: unknown): boolean {
  const json = objectOf(value);
  if (!json || "schema_version" in json) return false;
  const run = objectOf(json["foreground"]) ?? json;
  return "experiment_id" in json && ["energy_metrics", "training_success", "repository"].some((name) => name in run);
}

/** Reads a record leniently: a field that is broken is named, and the others are kept. */
export function readOriginalRecord(value: unknown): OriginalRecord {
  const json = objectOf(value) ?? {};
  const run = objectOf(json["foreground"]) ?? json;
  const background = objectOf(json["background"]);
  const problems: string[] = [];
  const take = <Value>(
    name: string,
    given: unknown,
    read: (value: unknown) => Value | undefined,
  ): Value | undefined => {
    const taken = read(given);
    if (taken === undefined && given !== undefined && given !== null) {
      problems.push(`${name}: found ${JSON.stringify(given)?.slice(0, 100)}`);
    }
    return taken;
  };
  const atLeastZero = (given: unknown): number | undefined => {
    const number = numberOf(given);
    return number !== undefined && number >= 0 ? number : undefined;
  };
  const retries = take("retries", run["retries"], atLeastZero);
  return {
    experimentId: take("experiment_id", json["experiment_id"], textOf),
    timestamp: take("timestamp", json["timestamp"], textOf),
    repository: take("repository", run["repository"], textOf),
    model: take("model", run["model"], textOf),
    isParallel: json["mode"] === "parallel" || background !== undefined || run !== json,
    hyperparameters: parametersOf(run["hyperparameters"]),
    durationSeconds: take("duration_seconds", run["duration_seconds"], atLeastZero),
    energyMetrics: energyOf(objectOf(run["energy_metrics"]) ?? {}),
    performanceMetrics: numbersOf(run["performance_metrics"]),
    trainingSuccess: take("training_success", run["training_success"], booleanOf),
    retries: retries === undefined ? undefined : Math.trunc(retries),
    errorMessage: typeof run["error_message"] === "string" ? run["error_message"] : undefined,
    background: background && {
      repository: textOf(background["repository"]) ?? "unknown",
      model: textOf(background["model"]) ?? "unknown",
      hyperparameters: parametersOf(background["hyperparameters"]),
    },
    problems,
  };
}

/** What a record publishes, in the form of an imported one. */
export function publishedRecord(record: OriginalRecord, file: string): PublishedJson {
  return {
    file,
    line: null,
    experiment_id: record.experimentId ?? null,
    timestamp: record.timestamp ?? null,
    duration_seconds: record.durationSeconds ?? null,
    retries: record.retries ?? null,
    training_success: record.trainingSuccess ?? null,
    error_message: record.errorMessage ?? null,
    hyperparameters: { ...record.hyperparameters },
    energy_metrics: record.energyMetrics,
    performance_metrics: { ...record.performanceMetrics },
  };
}

function parametersOf(value: unknown): Record<string, ParameterValue> {
  const entries = Object.entries(objectOf(value) ?? {});
  return Object.fromEntries(entries.flatMap(([name, each]) => (isParameter(each) ? [[name, each]] : [])));
}

function isParameter(value: unknown): value is ParameterValue {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" || typeof value === "boolean" || value === null;
}

function numbersOf(value: unknown): Record<string, number> {
  const entries = Object.entries(objectOf(value) ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, each]) => {
      const number = numberOf(each);
      return number === undefined ? [] : [[name, number]];
    }),
  );
}
