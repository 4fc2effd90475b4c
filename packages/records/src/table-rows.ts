import { type AttemptJson, EnergyMetricsJson } from "./attempt.ts";
import type { RecordJson } from "./record.ts";

/** `wide`: one row per record, of its last attempt; `tidy`: one row per attempt. */
export type TableShape = "wide" | "tidy";

/** A row of a table; an absent value is `null` or not there. */
export type TableRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

const IDENTITY = ["experiment_id", "row", "timestamp", "repository", "model", "mode", "repetition"] as const;
const OUTCOME = ["status", "failure_class"] as const;
const EXIT = ["exit_code", "signal", "started_at", "ended_at"] as const;
const METRICS = Object.keys(EnergyMetricsJson.shape);
const ENERGIES = [...METRICS, "cpu_estimate_joules"] as const;
const WORDS = ["flags", "error_message"] as const;

/** Columns before and after those of hyperparameters and metrics, which come from the records. */
const FIXED = {
  wide: { before: [...IDENTITY, ...OUTCOME, "retries", "duration_seconds", ...ENERGIES], after: WORDS },
  tidy: {
    before: [...IDENTITY, "attempt", "attempts", ...OUTCOME, ...EXIT, "duration_seconds", ...ENERGIES],
    after: WORDS,
  },
} as const;

/** Finds the columns of a table. */
export interface ColumnCollector {
  /** Takes note of what a record has. */
  readonly add: (record: RecordJson) => void;
  /** The columns that all records need, in their order. */
  readonly columns: () => readonly string[];
}

/** Finds the columns of a table: first all records are added, then its rows can be written. */
export function columnCollector(shape: TableShape): ColumnCollector {
  const hyperparameters = new Set<string>();
  const metrics = new Set<string>();
  const background = new Set<string>();
  return {
    add: (record) => {
      for (const name of Object.keys(backgroundCells(record, record.attempts.at(-1)))) background.add(name);
      for (const name of Object.keys(record.hyperparameters)) hyperparameters.add(`hyperparam_${name}`);
      const of = shape === "wide" ? [record] : record.attempts;
      for (const { performance_metrics } of of) {
        for (const name of Object.keys(performance_metrics)) metrics.add(`perf_${name}`);
      }
    },
    columns: () => [...FIXED[shape].before, ...hyperparameters, ...background, ...metrics, ...FIXED[shape].after],
  };
}

/** The rows of a record in a table. */
export function tableRows(record: RecordJson, shape: TableShape): readonly TableRow[] {
  const { experiment_id, row, timestamp, repository, model, mode, repetition } = record;
  const identity = { experiment_id, row, timestamp, repository, model, mode, repetition };
  const parameters = prefixed("hyperparam", record.hyperparameters);
  if (shape === "wide") {
    const { retries } = record;
    const background = backgroundCells(record, record.attempts.at(-1));
    return [{ ...identity, retries, ...outcomeCells(record), ...parameters, ...background }];
  }
  return record.attempts.map((attempt) => {
    const { attempt: number, exit_code, signal, started_at, ended_at } = attempt;
    const own = { attempt: number, attempts: record.attempts.length, exit_code, signal, started_at, ended_at };
    return { ...identity, ...own, ...outcomeCells(attempt), ...parameters, ...backgroundCells(record, attempt) };
  });
}

/** What ran beside a run of mode `parallel`, and whether it did all the time; nothing of another run. */
function backgroundCells({ background }: RecordJson, attempt: AttemptJson | undefined): TableRow {
  if (!background) return {};
  const load = attempt?.background;
  return {
    background_repository: background.repository,
    background_model: background.model,
    background_alive_share: load?.alive_share,
    background_restarts: load?.restarts,
    background_cpu_seconds: load?.cpu_seconds,
    ...prefixed("background_hyperparam", background.hyperparameters),
  };
}

function outcomeCells(
  outcome: Pick<
    AttemptJson,
    | "status"
    | "failure_class"
    | "duration_seconds"
    | "energy_metrics"
    | "energy"
    | "performance_metrics"
    | "flags"
    | "error_message"
  >,
): TableRow {
  const { status, failure_class, duration_seconds, energy_metrics: energies, error_message } = outcome;
  return {
    status,
    failure_class,
    duration_seconds,
    ...Object.fromEntries(METRICS.map((name) => [name, metricIn(energies, name)])),
    cpu_estimate_joules: outcome.energy.find(({ name }) => name === "cpu_estimate")?.value,
    ...prefixed("perf", outcome.performance_metrics),
    flags: outcome.flags.map(({ code }) => code).join(" "),
    error_message,
  };
}

function metricIn(metrics: EnergyMetricsJson, name: string): number | null {
  const value = metrics[name];
  return typeof value === "number" ? value : null;
}

function prefixed<Value>(prefix: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]));
}
