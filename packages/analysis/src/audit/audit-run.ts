import type { Flag, ImportedJson, ParameterValue, PublishedJson, RecordJson } from "@ea/records";
import type { TraceFeatures } from "./trace-features.ts";

/** What an audit knows about a run: facts of its record, and features of its telemetry. Small, as thousands are held. */
export interface AuditRun {
  readonly id: string;
  readonly session: string;
  /** Where it was imported from; `undefined` for a run of `ea`. */
  readonly source: string | undefined;
  readonly repository: string;
  readonly model: string;
  readonly mode: RecordJson["mode"];
  /** `repository/model` of the load beside it. */
  readonly background: string | undefined;
  /** Host and GPUs; runs of one machine have the same. */
  readonly machine: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly durationSeconds: number;
  readonly status: RecordJson["status"];
  readonly failureClass: RecordJson["failure_class"];
  readonly errorMessage: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Names of the parameters that were asked for. */
  readonly mutated: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
  /** Joules of all GPUs, where each has a value. */
  readonly gpuJoules: number | undefined;
  /** Joules of all CPU packages. */
  readonly cpuJoules: number | undefined;
  /** Lowest share of the time that the samples of a GPU cover. */
  readonly coverage: number | undefined;
  readonly published: readonly PublishedJson[];
  readonly echoed: ImportedJson["echoed"];
  /** What the record says of itself. */
  readonly flags: readonly Flag[];
  readonly traces: readonly TraceFeatures[];
}

/** The facts of a record that an audit looks at. */
export function auditRun(session: string, record: RecordJson, traces: readonly TraceFeatures[]): AuditRun {
  const attempt = record.attempts.at(-1);
  const { imported, background, environment } = record;
  const gpus = record.energy.filter(({ name }) => name === "gpu");
  const packages = record.energy.filter(({ name }) => name === "cpu_package");
  const coverages = gpus.flatMap(({ coverage }) => coverage ?? []);
  return {
    id: record.experiment_id,
    session,
    source: imported?.source,
    repository: record.repository,
    model: record.model,
    mode: record.mode,
    background: background && `${background.repository}/${background.model}`,
    machine: JSON.stringify([environment.host, environment.gpus.map(({ uuid }) => uuid)]),
    startMs: Date.parse(attempt?.started_at ?? record.timestamp),
    endMs: Date.parse(attempt?.ended_at ?? record.timestamp),
    durationSeconds: record.duration_seconds,
    status: record.status,
    failureClass: record.failure_class,
    errorMessage: record.error_message,
    parameters: record.hyperparameters,
    mutated: record.mutated,
    metrics: record.performance_metrics,
    gpuJoules: gpus.length > 0 ? sumOf(gpus.map(({ value }) => value)) : undefined,
    cpuJoules: packages.length > 0 ? sumOf(packages.map(({ value }) => value)) : undefined,
    coverage: coverages.length > 0 ? Math.min(...coverages) : undefined,
    published: imported?.published ?? [],
    echoed: imported?.echoed ?? {},
    flags: record.flags,
    traces,
  };
}

function sumOf(values: readonly (number | null | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || typeof value !== "number" ? undefined : sum + value),
    0,
  );
}

/** Whether somebody calls it a success: its record, or what was published about it. */
export function claimsSuccess({ status, published }: AuditRun): boolean {
  return status === "success" || published.some(({ training_success: isSuccess }) => isSuccess === true);
}

/** Name of the model within its repository. */
export function modelOf({ repository, model }: AuditRun): string {
  return `${repository}/${model}`;
}

/** Runs that differ in configuration alone: of one model, in one mode, beside one load, on one machine. */
export function peerGroup(run: AuditRun): string {
  return JSON.stringify([run.repository, run.model, run.mode === "parallel", run.background, run.machine]);
}
