import { configurationKey, isSeed } from "@ea/mutator";
import type { ParameterValue, RecordJson } from "@ea/records";
import type { RequestedExperiment } from "./requested-experiment.ts";

type Vector = Readonly<Record<string, ParameterValue>>;

/** A training of before, as far as it says what need not be drawn again. */
export interface EarlierTraining
  extends Pick<
      RecordJson,
      "repository" | "model" | "status" | "hyperparameters" | "performance_metrics" | "background"
    >,
    Partial<Pick<RecordJson, "energy_metrics" | "duration_seconds">> {
  /** Whether parameters that it does not name stood at their defaults. */
  readonly leavesOutDefaults?: true;
}

/** A configuration that was trained before, and what came of it. */
export interface EarlierRun {
  /** Values of the parameters of the drawn space. */
  readonly configuration: Vector;
  /** Means over its successful runs: metrics, the 11 energy metrics, `duration_seconds`. */
  readonly values: Readonly<Record<string, number>>;
}

/**
 * The successful records of an experiment's repository and model in which everything that is not drawn now (`names` are)
 * stood where it stands now, one for each configuration. Failed configurations may be drawn again.
 *
 * @param standing the full vector of the baseline.
 * @throws {MutatorError} `BAD_VALUE` for a record whose value does not fit the parameter's type.
 */
export function earlierRuns(
  records: readonly EarlierTraining[],
  { repository, model, config }: Pick<RequestedExperiment, "repository" | "model" | "config">,
  { names, standing }: { readonly names: readonly string[]; readonly standing: Vector },
): readonly EarlierRun[] {
  const parameters = config.supported_hyperparams;
  const others = Object.entries(parameters).flatMap(([name, parameter]) => {
    return names.includes(name) || isSeed(name, parameter) ? [] : [name];
  });
  const groups = new Map<string, { readonly configuration: Vector; readonly records: EarlierTraining[] }>();
  for (const record of records) {
    const { status } = record;
    const hyperparameters = record.leavesOutDefaults
      ? { ...standing, ...record.hyperparameters }
      : record.hyperparameters;
    const isSame = record.repository === repository && record.model === model && status === "success";
    const textOf = (values: Vector, name: string): string => String(values[name] ?? null);
    if (!isSame || others.some((name) => textOf(hyperparameters, name) !== textOf(standing, name))) continue;
    const configuration = Object.fromEntries(names.map((name) => [name, hyperparameters[name] ?? null]));
    const key = configurationKey(parameters, configuration);
    const group = groups.get(key) ?? { configuration, records: [] };
    groups.set(key, group);
    group.records.push(record);
  }
  return [...groups.values()].map((group) => ({ configuration: group.configuration, values: means(group.records) }));
}

function means(records: readonly EarlierTraining[]): Readonly<Record<string, number>> {
  const sums = new Map<string, { total: number; count: number }>();
  for (const { performance_metrics, energy_metrics, duration_seconds } of records) {
    for (const [name, value] of Object.entries({ ...energy_metrics, ...performance_metrics, duration_seconds })) {
      const sum = sums.get(name) ?? { total: 0, count: 0 };
      if (typeof value === "number") sums.set(name, { total: sum.total + value, count: sum.count + 1 });
    }
  }
  return Object.fromEntries([...sums].map(([name, { total, count }]) => [name, total / count]));
}
