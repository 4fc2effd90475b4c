import {
  canonicalConfiguration,
  canonicalText,
  configurationKey,
  type FullSpace,
  isSeed,
  type Parameter,
  replicationSeeds,
  spaceSize,
  takeMutations,
  type Value,
} from "@ea/mutator";
import type { ParameterValue } from "@ea/records";
import { drawingSpace } from "./drawing-space.ts";
import { type EarlierTraining, earlierRuns } from "./history.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import type { Settings } from "./settings.ts";
import { spaceNotices } from "./space-notices.ts";
import { strategyOf } from "./strategies.ts";

/** One training of an experiment, before it has a place in the plan. */
export interface PlannedRun {
  readonly hyperparameters: Readonly<Record<string, ParameterValue>>;
  readonly mutated: readonly string[];
  /** What is passed even where only mutated parameters are: these, and values that the experiment fixes. */
  readonly passed: readonly string[];
  /** Canonical string of the configuration, over all parameters but seeds. */
  readonly key: string;
  readonly probability: number | undefined;
  readonly repetition: number;
  /** Whether it is the baseline beside what is mutated. */
  readonly isBaseline: boolean;
}

/** The runs of one experiment, and what there is to say about them. */
export interface PlannedExperiment {
  readonly runs: readonly PlannedRun[];
  /** What was drawn from: definitions of the parameters, and the constraints between them. */
  readonly space: FullSpace;
  /** Exact number of configurations; `undefined` when nothing is drawn or constraints make it too long to count. */
  readonly size: bigint | undefined;
  /** Fewer configurations or seeds than were asked for. */
  readonly warnings: readonly string[];
  /** What is allowed and may still be a mistake. */
  readonly notices: readonly string[];
}

/** How an experiment is planned. */
export interface PlanningOptions extends Pick<Settings, "strategy" | "objectives" | "repetitions"> {
  /** Whether the baseline is planned beside what is mutated. @default none */
  readonly baseline?: Settings["baseline"] | undefined;
  /** The seed as its canonical string. */
  readonly seed: string;
  /** Trainings of before, whatever they trained. */
  readonly history: readonly EarlierTraining[];
}

interface Configured {
  readonly values: Readonly<Record<string, Value>>;
  readonly probability: number | undefined;
  readonly isBaseline?: true;
}

const BASELINE: Configured = { values: {}, probability: undefined, isBaseline: true };

/**
 * Draws the configurations of an experiment and repeats them, each repetition with its own training seed.
 *
 * @throws {MutatorError} when the space cannot be drawn from as asked, RunnerError `CONFIG` when a condition or a
 * constraint needs a value that is not passed.
 */
export function planExperiment(experiment: RequestedExperiment, options: PlanningOptions): PlannedExperiment {
  const { seed, repetitions } = options;
  const { supported_hyperparams: parameters } = experiment.config;
  const written = { ...defaultValues(parameters), ...experiment.overrides };
  const drawn = experiment.mutate.filter((name) => !isSeed(name, parameterOf(parameters, name)));
  const isDrawn = drawn.length > 0;
  const space = drawingSpace(experiment.config, drawn, written);
  const { configured, warnings } = isDrawn
    ? drawConfigurations(experiment, space, written, options)
    : { configured: [{ values: {}, probability: undefined }], warnings: [] };
  // A baseline, and `--mutate seed` alone, are repeated instead of drawn
  const count = isDrawn ? repetitions : experiment.runs * repetitions;
  const all = isDrawn && options.baseline === "block" ? [BASELINE, ...configured] : configured;
  const runs = all.flatMap(({ values, probability, isBaseline = false }) => {
    const vector = fullVector(parameters, { ...written, ...values });
    const key = configurationKey(parameters, vector); // over the full vector: equal in whatever experiment
    const seeds = seedColumns(experiment, options.strategy, { seed, key, count });
    return Array.from({ length: count }, (_, repetition) => {
      const column = seeds.map(({ name, values: list }) => [name, list[repetition % list.length] ?? null] as const);
      const drawnNames = isBaseline ? [] : changedNames(experiment, vector, options.strategy);
      const changed = new Set([...drawnNames, ...column.map(([name]) => name)]);
      return {
        hyperparameters: { ...vector, ...Object.fromEntries(column) },
        mutated: Object.keys(parameters).filter((name) => changed.has(name)),
        passed: [...changed, ...Object.keys(experiment.overrides)],
        key,
        probability,
        repetition,
        isBaseline,
      };
    });
  });
  const short = seedColumns(experiment, options.strategy, { seed, key: "", count }).filter(
    ({ values }) => values.length < count,
  );
  const seedWarnings = short.map(
    ({ name, values }) => `Warning: ${name} has only ${values.length} values for ${count} repetitions; they repeat`,
  );
  return {
    runs,
    space,
    size: isDrawn ? spaceSize(space) : undefined,
    warnings: [...warnings, ...seedWarnings],
    notices: spaceNotices(space).map((notice) => `Note: ${notice}`),
  };
}

function drawConfigurations(
  experiment: RequestedExperiment,
  space: FullSpace,
  written: Vector,
  { seed, history, ...settings }: PlanningOptions,
): { readonly configured: readonly Configured[]; readonly warnings: readonly string[] } {
  const names = Object.keys(space.parameters);
  const standing = fullVector(experiment.config.supported_hyperparams, written);
  const baseline = Object.fromEntries(names.map((name) => [name, standing[name] ?? null]));
  const known = earlierRuns(history, experiment, { names, standing });
  const { mutations, warning } = takeMutations(space, experiment.runs, {
    seed,
    strategy: strategyOf(settings, known),
    exclude: [baseline, ...known.map(({ configuration }) => configuration)], // the baseline is no mutation
  });
  const configured = mutations.map(({ configuration, probability }) => ({ values: configuration, probability }));
  return { configured, warnings: warning === undefined ? [] : [warning] };
}

type Vector = Readonly<Record<string, ParameterValue>>;
type Parameters = Readonly<Record<string, Parameter>>;

/** A value for every parameter; `null`, which is not passed, for those whose conditions do not hold. */
export function fullVector(parameters: Parameters, written: Vector): Vector {
  const active = canonicalConfiguration(parameters, written);
  const entries = Object.entries(parameters).map(([name, parameter]) => {
    const value = isSeed(name, parameter) ? written[name] : active[name];
    return [name, value ?? null] as const;
  });
  return Object.fromEntries(entries);
}

/** What was drawn, and what a fixed value changes; in a study of one parameter at a time, the one that changed. */
function changedNames(
  { overrides, mutate, config }: RequestedExperiment,
  vector: Vector,
  strategy: Settings["strategy"],
): readonly string[] {
  const standards = defaultValues(config.supported_hyperparams);
  const isChanged = (name: string): boolean => vector[name] !== standards[name];
  const isDrawn = (name: string): boolean => {
    const isDrawable = mutate.includes(name) && !isSeed(name, parameterOf(config.supported_hyperparams, name));
    return isDrawable && vector[name] !== null && (strategy !== "one-at-a-time" || isChanged(name));
  };
  return Object.keys(vector).filter((name) => isDrawn(name) || (Object.hasOwn(overrides, name) && isChanged(name)));
}

/** Training seeds of the repetitions of a configuration; what changes one value at a time leaves a single seed alone. */
function seedColumns(
  experiment: RequestedExperiment,
  strategy: Settings["strategy"],
  options: { readonly seed: string; readonly key: string; readonly count: number },
): readonly { readonly name: string; readonly values: readonly number[] }[] {
  const isMutated = (name: string): boolean => strategy !== "one-at-a-time" && experiment.mutate.includes(name);
  return Object.entries(experiment.config.supported_hyperparams)
    .filter(([name, parameter]) => isSeed(name, parameter) && !Object.hasOwn(experiment.overrides, name))
    .filter(([name]) => isMutated(name) || options.count > 1)
    .map(([name, parameter]) => ({ name, values: replicationSeeds(parameter, options) }));
}

/** The standing value of every parameter: the fixed one, else the default; `null` is not passed. */
export function defaultValues(parameters: Parameters): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, parameter.value ?? parameter.default ?? null]),
  );
}

function parameterOf(parameters: Parameters, name: string): Parameter {
  const parameter = parameters[name];
  if (!parameter) throw new RangeError(`no parameter ${name}`);
  return parameter;
}

/** The value as it stands on the command line; `undefined` when it is not passed. */
export function argumentText(parameter: Parameter, value: ParameterValue): string | undefined {
  return value === null ? undefined : canonicalText(parameter, value);
}
