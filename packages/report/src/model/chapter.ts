import { type CostBasis, costOf, type Goal } from "@ea/analysis";
import type { RecordJson } from "@ea/records";
import { showValue } from "../text/show-value.ts";
import { meanInterval } from "./mean-interval.ts";
import { firstMetric, metricsOf, metricValue } from "./metrics.ts";
import { parametersOf, parameterValues } from "./parameters.ts";
import type { Chapter, Configuration, Metric, Parameter, Run } from "./report-data.ts";

/** A record, and what does not stand in it. */
export interface KnownRecord {
  readonly record: RecordJson;
  readonly session: string;
  /** Equal for runs that differ in nothing but repetition and seed. */
  readonly key: string;
  /** Position in the machines. */
  readonly machine: number;
}

/** What a chapter is made with. */
export interface ChapterOptions {
  readonly basis: CostBasis;
  readonly metric: string | undefined;
  readonly goal: Goal | undefined;
}

/** All runs of one repository. */
export function chapterOf(repository: string, known: readonly KnownRecord[], options: ChapterOptions): Chapter {
  const records = known.map(({ record }) => record);
  const metrics = metricsOf(records, options);
  const compared = records.filter((record) => leftOut(record, options.basis) === null);
  const parameters = parametersOf(known, compared.length > 0 ? compared : records);
  const runs = known.map((each) => runOf(each, parameters, metrics, options.basis));
  const groups = groupsOf(known, runs);
  const positions = new Map([...groups.values()].flatMap((group, index) => group.map((run) => [run, index] as const)));
  return {
    repository,
    runs: runs.map((run, index) => ({ ...run, configuration: positions.get(index) ?? null })),
    configurations: [...groups.values()].map((group) => configurationOf(group, runs, parameters, metrics)),
    parameters,
    metrics,
    metric: firstMetric(metrics, records, options.metric),
  };
}

function leftOut(record: RecordJson, basis: CostBasis): string | null {
  if (record.status !== "success") return record.status;
  return basis.kind === "none" ? null : costOf(record.energy, basis).reason;
}

function runOf(
  { record, session, machine }: KnownRecord,
  parameters: readonly Parameter[],
  metrics: readonly Metric[],
  basis: CostBasis,
): Run {
  const cost = costOf(record.energy, basis);
  const seconds = record.duration_seconds;
  return {
    id: record.experiment_id,
    session,
    model: record.model,
    machine,
    status: record.status,
    error: record.error_message,
    startedMs: Date.parse(record.timestamp),
    seconds,
    parameters: parameterValues(record, parameters),
    metrics: metrics.map(({ name }) => metricValue(record, name)),
    cost: basis.kind === "none" ? seconds : cost.joules,
    uncertainty: cost.uncertainty,
    parts: cost.parts,
    watts: cost.joules === null || seconds === 0 ? null : cost.joules / seconds,
    maxCelsius: record.energy_metrics.gpu_temp_max_celsius,
    flags: [...new Set(record.flags.filter(({ severity }) => severity !== "info").map(({ code }) => code))],
    attempts: record.attempts.length,
    configuration: null,
    leftOut: leftOut(record, basis),
  };
}

/** Positions of compared runs by configuration and machine. */
function groupsOf(known: readonly KnownRecord[], runs: readonly Run[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  known.forEach(({ key, machine, record }, index) => {
    if (runs[index]?.leftOut !== null) return;
    const group = JSON.stringify([record.model, key, machine]);
    groups.set(group, [...(groups.get(group) ?? []), index]);
  });
  return groups;
}

function configurationOf(
  group: readonly number[],
  runs: readonly Run[],
  parameters: readonly Parameter[],
  metrics: readonly Metric[],
): Configuration {
  const own = group.flatMap((index) => runs[index] ?? []);
  const numbers = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null);
  return {
    label: labelOf(own, parameters),
    runs: group,
    cost: meanInterval(numbers(own.map(({ cost }) => cost))) ?? { n: 0, mean: 0, half: undefined },
    metrics: metrics.map((_, index) => meanInterval(numbers(own.map((run) => run.metrics[index] ?? null))) ?? null),
    isFlagged: own.some(({ flags }) => flags.length > 0),
  };
}

/** `mlp: epochs=8, lr=0.01`: the parameters that vary between configurations. */
function labelOf(runs: readonly Run[], parameters: readonly Parameter[]): string {
  const [first] = runs;
  if (!first) return "";
  const values = parameters.flatMap(({ name, isVaried, isSeed }, index) => {
    return isVaried && !isSeed ? [`${name}=${showValue(first.parameters[index] ?? null)}`] : [];
  });
  return values.length > 0 ? `${first.model}: ${values.join(", ")}` : first.model;
}
