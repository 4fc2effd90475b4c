import { stringify } from "csv-stringify/sync";
import { EnergyMetricsJson } from "./attempt.ts";
import type { RecordJson } from "./record.ts";

/** The columns of every summary; those of hyperparameters and metrics come from the records. */
const COLUMNS = [
  "experiment_id",
  "row",
  "timestamp",
  "repository",
  "model",
  "mode",
  "repetition",
  "status",
  "failure_class",
  "retries",
  "duration_seconds",
  ...Object.keys(EnergyMetricsJson.shape),
  "cpu_estimate_joules",
  "flags",
  "error_message",
] as const;

/** Text of `summary.csv`: one row per record; an absent value is an empty cell, never 0. */
export function summaryCsv(records: readonly RecordJson[]): string {
  const names = (pick: (record: RecordJson) => object): readonly string[] => [
    ...new Set(records.flatMap((record) => Object.keys(pick(record)))),
  ];
  const hyperparameters = names((record) => record.hyperparameters);
  const metrics = names((record) => record.performance_metrics);
  const rows = records.map((record) => ({
    experiment_id: record.experiment_id,
    row: record.row,
    timestamp: record.timestamp,
    repository: record.repository,
    model: record.model,
    mode: record.mode,
    repetition: record.repetition,
    status: record.status,
    failure_class: record.failure_class,
    retries: record.retries,
    duration_seconds: record.duration_seconds,
    ...record.energy_metrics,
    cpu_estimate_joules: record.energy.find(({ name }) => name === "cpu_estimate")?.value,
    ...Object.fromEntries(hyperparameters.map((name) => [`hyperparam_${name}`, record.hyperparameters[name]])),
    ...Object.fromEntries(metrics.map((name) => [`perf_${name}`, record.performance_metrics[name]])),
    flags: record.flags.map(({ code }) => code).join(" "),
    error_message: record.error_message,
  }));
  const columns = rows[0] ? Object.keys(rows[0]) : COLUMNS;
  // A lone carriage return ends a row for many readers, but is not quoted by itself
  return stringify(rows, { header: true, columns, cast: { boolean: String }, quoted_match: /\r/ });
}
