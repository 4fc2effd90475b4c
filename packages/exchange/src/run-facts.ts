import type { AttemptJson, RecordJson } from "@ea/records";

/** A number of a series. */
interface SeriesPoint {
  /** The `x` that the log has beside it, where that is a whole number for all points; else its position, from 0. */
  readonly step: number;
  readonly value: number;
}

/** What a tracker keeps of a run, by names that are the same in all of them. */
export interface RunFacts {
  /** `ea.run_id`: equal id, same run. */
  readonly id: string;
  /** Hyperparameters that were passed. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** Metrics, energies and the duration; what is absent is not there. An estimate has `estimate` in its name. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly series: Readonly<Record<string, readonly SeriesPoint[]>>;
  /** Everything else as text; what is absent is not there. */
  readonly tags: Readonly<Record<string, string>>;
  readonly isSuccess: boolean;
  /** Milliseconds since 1970; from the start of the first attempt to the end of the last. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Quantities that the 11 metrics are made of. */
const IN_METRICS = ["cpu_package", "dram", "gpu"];

/** What a tracker keeps of a record of a session. */
export function runFacts(record: RecordJson, session: string): RunFacts {
  const first = record.attempts[0];
  const last = record.attempts.at(-1);
  const startMs = Date.parse(first?.started_at ?? record.timestamp);
  return {
    id: record.experiment_id,
    parameters: present(record.hyperparameters),
    metrics: {
      ...record.performance_metrics,
      ...present(numbersOf(record.energy_metrics)),
      ...otherEnergies(record.energy),
      duration_seconds: record.duration_seconds,
    },
    series: Object.fromEntries(
      Object.entries(last?.metrics ?? {}).flatMap(([name, { series }]) =>
        series && series.points.length > 0 ? [[name, seriesPoints(series.points)]] : [],
      ),
    ),
    tags: tagsOf(record, session),
    isSuccess: record.status === "success",
    startMs,
    endMs: last ? Date.parse(last.ended_at) : startMs + 1000 * record.duration_seconds,
  };
}

/** Energies beside those of the 11 metrics, such as `cpu_estimate_joules`: of a name, when all of its parts have a value. */
function otherEnergies(energy: AttemptJson["energy"]): Record<string, number> {
  const names = [...new Set(energy.map(({ name }) => name))].filter((name) => !IN_METRICS.includes(name));
  return Object.fromEntries(
    names.flatMap((name) => {
      const parts = energy.filter((quantity) => quantity.name === name);
      const values = parts.flatMap(({ value }) => value ?? []);
      if (values.length < parts.length) return [];
      const isEstimate = parts.some(({ quality }) => quality === "estimated") && !name.includes("estimate");
      return [[`${name}${isEstimate ? "_estimate" : ""}_joules`, values.reduce((sum, value) => sum + value, 0)]];
    }),
  );
}

function seriesPoints(points: readonly { x: number | null; value: number | null }[]): readonly SeriesPoint[] {
  const hasSteps = points.every(({ x }) => Number.isSafeInteger(x) && Number(x) >= 0);
  return points.flatMap(({ x, value }, index) =>
    value === null ? [] : [{ step: hasSteps && x !== null ? x : index, value }],
  );
}

function tagsOf(record: RecordJson, session: string): Record<string, string> {
  const { commit, dirty } = record.environment.repository;
  const quality = record.energy.map(({ name, device, value, quality: how, reason, uncertainty }) => ({
    name,
    device,
    value,
    quality: how,
    reason: reason ?? null,
    uncertainty_joules: uncertainty?.combined ?? null,
  }));
  const tags = {
    session,
    repository: record.repository,
    model: record.model,
    mode: record.mode,
    row: String(record.row),
    repetition: String(record.repetition),
    status: record.status,
    failure_class: record.failure_class ?? "",
    error_message: record.error_message,
    flags: record.flags.map(({ code }) => code).join(" "),
    retries: String(record.retries),
    host: record.environment.host ?? "",
    commit: commit ?? "",
    dirty: dirty === null ? "" : String(dirty),
    energy: JSON.stringify(quality),
  };
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== ""));
}

function numbersOf(values: Readonly<Record<string, unknown>>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? value : null]),
  );
}

function present<Value>(values: Readonly<Record<string, Value | null>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
