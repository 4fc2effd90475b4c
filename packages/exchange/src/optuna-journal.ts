import { basisText, type CostBasis, commonMetric, costBasis, costOf, type Goal, metricGoal } from "@ea/analysis";
import type { Plan, RecordJson } from "@ea/records";
import { ExchangeError } from "./errors.ts";
import { internalValue, type OptunaDistribution, optunaDistribution } from "./optuna-distribution.ts";
import { runFacts } from "./run-facts.ts";

/** Operations of Optuna's journal, by `JournalOperation`. */
const CREATE_STUDY = 0;
const SET_STUDY_USER_ATTR = 2;
const SET_STUDY_SYSTEM_ATTR = 3;
const CREATE_TRIAL = 4;
const COMPLETE = 1;
const FAIL = 3;

/** A session that becomes studies: one for each model of each repository. */
export interface ExportedSession {
  readonly plan: Plan;
  readonly records: readonly RecordJson[];
}

/** What is sought beside little energy. */
export interface OptunaOptions {
  /** @default the metric that most successful runs have, in the direction that its name tells */
  readonly metric?: { readonly name: string; readonly goal: Goal } | undefined;
}

interface Study extends ExportedSession {
  readonly name: string;
}

/**
 * The lines of a file that Optuna's `JournalFileBackend` reads: a study for each model of each session, with the objectives
 * energy (minimised, where there is one) and a metric, and a trial for each record.
 *
 * @throws {ExchangeError} `NO_METRIC` when no run has an energy or a metric that could be an objective.
 */
export function* optunaJournal(sessions: readonly ExportedSession[], options: OptunaOptions = {}): Generator<string> {
  let id = 0;
  for (const study of sessions.flatMap(studiesOf)) {
    for (const entry of studyEntries(study, id, options)) {
      yield `${JSON.stringify({ ...entry, worker_id: "ea" })}\n`;
    }
    id += 1;
  }
}

function studiesOf({ plan, records }: ExportedSession): readonly Study[] {
  const names = [...new Set(records.map(({ repository, model }) => `${repository}/${model}`))];
  return names.map((name) => ({
    name: `${plan.session}/${name}`,
    plan,
    records: records.filter(({ repository, model }) => `${repository}/${model}` === name),
  }));
}

function* studyEntries(study: Study, study_id: number, options: OptunaOptions): Generator<Record<string, unknown>> {
  const { name, records } = study;
  const basis = costBasis(records);
  const common = commonMetric(records);
  const metric = options.metric ?? (common === undefined ? undefined : { name: common, goal: metricGoal(common) });
  const hasEnergy = basis.kind !== "none";
  if (!hasEnergy && !metric) {
    throw new ExchangeError("NO_METRIC", `${name}: expected a run with an energy or a metric, found none`);
  }
  const objectives = [
    ...(hasEnergy ? [{ name: `${basis.parts.join(" + ")} (J)`, direction: 1 }] : []),
    ...(metric ? [{ name: metric.name, direction: metric.goal === "min" ? 1 : 2 }] : []),
  ];
  const names = objectives.map((objective) => objective.name);
  yield { op_code: CREATE_STUDY, study_name: name, directions: objectives.map(({ direction }) => direction) };
  yield { op_code: SET_STUDY_SYSTEM_ATTR, study_id, system_attr: { "study:metric_names": names } };
  yield { op_code: SET_STUDY_USER_ATTR, study_id, user_attr: { "ea.energy": basisText(basis) } };
  const distributions = distributionsOf(study);
  for (const record of records) {
    yield {
      op_code: CREATE_TRIAL,
      study_id,
      ...trialOf(record, { study, basis, metric: metric?.name, distributions }),
    };
  }
}

interface TrialContext {
  readonly study: Study;
  readonly basis: CostBasis;
  readonly metric: string | undefined;
  readonly distributions: ReadonlyMap<string, OptunaDistribution>;
}

function trialOf(record: RecordJson, { study, basis, metric, distributions }: TrialContext): Record<string, unknown> {
  const { id, metrics, tags, startMs, endMs } = runFacts(record, study.plan.session);
  const values = [
    ...(basis.kind === "none" ? [] : [costOf(record.energy, basis).joules]),
    ...(metric === undefined
      ? []
      : [Object.hasOwn(record.performance_metrics, metric) ? record.performance_metrics[metric] : null]),
  ];
  const isComplete = record.status === "success" && values.every((value) => typeof value === "number");
  const known = [...distributions].filter(([name]) => Object.hasOwn(record.hyperparameters, name));
  const stated = isComplete || record.status !== "success" ? {} : { "ea.reason": "an objective has no value" };
  return {
    state: isComplete ? COMPLETE : FAIL,
    value: isComplete && values.length === 1 ? values[0] : null,
    values: isComplete && values.length > 1 ? values : null,
    datetime_start: new Date(startMs).toISOString().replace("Z", "+00:00"),
    datetime_complete: new Date(endMs).toISOString().replace("Z", "+00:00"),
    distributions: Object.fromEntries(known.map(([name, distribution]) => [name, JSON.stringify(distribution)])),
    params: Object.fromEntries(
      known.map(([name, distribution]) => [name, internalValue(distribution, record.hyperparameters[name] ?? null)]),
    ),
    user_attrs: {
      experiment_id: id,
      hyperparameters: record.hyperparameters,
      metrics,
      flags: record.flags.map(({ code }) => code),
      ...Object.fromEntries(Object.entries(tags).map(([name, text]) => [`ea.${name}`, text])),
      ...stated,
    },
    system_attrs: {},
    intermediate_values: {},
  };
}

/** Of the parameters that were mutated in any run; the others stand in `hyperparameters`. */
function distributionsOf({ plan, records }: Study): ReadonlyMap<string, OptunaDistribution> {
  const names = [...new Set(records.flatMap(({ mutated }) => mutated))];
  const [first] = records;
  const experiment = plan.experiments.find(
    ({ repository, model }) => repository === first?.repository && model === first.model,
  );
  return new Map(
    names.map((name) => {
      const all = records.filter(({ hyperparameters }) => Object.hasOwn(hyperparameters, name));
      const values = all.map(({ hyperparameters }) => hyperparameters[name] ?? null);
      const planned = Object.entries(experiment?.space.parameters ?? {}).find(([key]) => key === name)?.[1];
      return [name, optunaDistribution(planned, values)];
    }),
  );
}
