import type { ParameterValue, RecordJson } from "@ea/records";
import { type CostBasis, costOf } from "../cost-basis.ts";

/** A record, and what does not stand in it. */
export interface StudyRun {
  readonly session: string;
  /** Equal for runs that differ in nothing but repetition and seed. */
  readonly key: string;
  readonly record: RecordJson;
}

/** The facts of a run that are analysed. */
export interface RunFigures {
  readonly id: string;
  readonly session: string;
  readonly startedMs: number;
  /** Configuration, load and whether a seed was passed: equal for repeats. */
  readonly configuration: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** `repository/model` of the load beside it. */
  readonly background: string | undefined;
  readonly metrics: Readonly<Record<string, number>>;
  /** On the basis; `undefined` when a part is missing or partial. */
  readonly joules: number | undefined;
  readonly seconds: number | undefined;
  /** Joules by seconds. */
  readonly watts: number | undefined;
  /** As somebody else published it, CPU and GPU together; of several figures the last one. */
  readonly publishedJoules: number | undefined;
}

/** What of a run is looked at. */
export const OUTCOMES = ["joules", "seconds", "watts"] as const;
/** Name of a figure of runs. */
export type Outcome = (typeof OUTCOMES)[number];

/** The figures of a run on a basis of energies. */
export function figuresOf({ session, key, record }: StudyRun, basis: CostBasis): RunFigures {
  const joules = basis.kind === "none" ? undefined : (costOf(record.energy, basis).joules ?? undefined);
  const seconds = record.duration_seconds > 0 ? record.duration_seconds : undefined;
  const hasSeed = Object.entries(record.hyperparameters).some(([name, value]) => isSeed(name) && value !== null);
  const { background } = record;
  return {
    id: record.experiment_id,
    session,
    startedMs: Date.parse(record.timestamp),
    configuration: JSON.stringify([key, background?.key ?? null, hasSeed]),
    parameters: record.hyperparameters,
    background: background && `${background.repository}/${background.model}`,
    metrics: record.performance_metrics,
    joules: joules !== undefined && joules > 0 ? joules : undefined,
    seconds,
    watts: joules !== undefined && joules > 0 && seconds !== undefined ? joules / seconds : undefined,
    publishedJoules: publishedJoules(record),
  };
}

/** Whether a parameter only seeds random numbers, by its name. */
export function isSeed(name: string): boolean {
  return name.toLowerCase() === "seed";
}

function publishedJoules({ imported }: RecordJson): number | undefined {
  const sums = (imported?.published ?? []).flatMap(({ energy_metrics: energy }) => {
    const { cpu_energy_total_joules: cpu, gpu_energy_total_joules: gpu } = energy;
    return cpu !== null && gpu !== null && cpu + gpu > 0 ? [cpu + gpu] : [];
  });
  return sums.at(-1);
}
