import {
  type Configuration,
  canonicalText,
  configurationKey,
  isSeed,
  type Parameter,
  replicationSeeds,
  type Space,
  spaceSize,
  takeMutations,
  type Value,
} from "@ea/mutator";
import type { ParameterValue } from "@ea/records";
import type { RequestedExperiment } from "./requested-experiment.ts";

/** One training of an experiment, before it has a place in the plan. */
export interface PlannedRun {
  readonly hyperparameters: Readonly<Record<string, ParameterValue>>;
  readonly mutated: readonly string[];
  /** Canonical string of the configuration, over all parameters but seeds. */
  readonly key: string;
  readonly probability: number | undefined;
  readonly repetition: number;
}

/** The runs of one experiment, and what there is to say about them. */
export interface PlannedExperiment {
  readonly runs: readonly PlannedRun[];
  /** Definitions of the drawn parameters. */
  readonly space: Space;
  /** Exact number of configurations; `undefined` when nothing is drawn. */
  readonly size: bigint | undefined;
  readonly warnings: readonly string[];
}

interface Configured {
  readonly values: Readonly<Record<string, Value>>;
  readonly probability: number | undefined;
}

/** Draws the configurations of an experiment and repeats them, each repetition with its own training seed. */
export function planExperiment(
  experiment: RequestedExperiment,
  { seed, repetitions }: { readonly seed: string; readonly repetitions: number },
): PlannedExperiment {
  const parameters = experiment.config.supported_hyperparams;
  const defaults = defaultValues(parameters);
  const drawn = experiment.mutate.filter((name) => !isSeed(name, parameterOf(parameters, name)));
  const space: Space = Object.fromEntries(drawn.map((name) => [name, parameterOf(parameters, name)]));
  const isDrawn = drawn.length > 0;
  const { configured, warnings } = isDrawn
    ? drawConfigurations(space, defaults, experiment.runs, seed)
    : { configured: [{ values: {}, probability: undefined }], warnings: [] };
  // A baseline, and `--mutate seed` alone, are repeated instead of drawn
  const count = isDrawn ? repetitions : experiment.runs * repetitions;
  const runs = configured.flatMap(({ values, probability }) => {
    const vector: Record<string, ParameterValue> = { ...defaults, ...experiment.overrides, ...values };
    const key = keyOf(parameters, vector);
    const seeds = seedColumns(experiment, parameters, { seed, key, count });
    return Array.from({ length: count }, (_, repetition) => {
      const column = seeds.map(({ name, values: list }) => [name, list[repetition % list.length] ?? null] as const);
      const hyperparameters = { ...vector, ...Object.fromEntries(column) };
      const changed = Object.keys(experiment.overrides).filter((name) => experiment.overrides[name] !== defaults[name]);
      const mutated = new Set([...drawn, ...changed, ...column.map(([name]) => name)]);
      return {
        hyperparameters,
        mutated: Object.keys(parameters).filter((name) => mutated.has(name)),
        key,
        probability,
        repetition,
      };
    });
  });
  const short = seedColumns(experiment, parameters, { seed, key: "", count }).filter(
    ({ values }) => values.length < count,
  );
  const seedWarnings = short.map(
    ({ name, values }) => `Warning: ${name} has only ${values.length} values for ${count} repetitions; they repeat`,
  );
  return { runs, space, size: isDrawn ? spaceSize(space) : undefined, warnings: [...warnings, ...seedWarnings] };
}

function drawConfigurations(
  space: Space,
  defaults: Readonly<Record<string, ParameterValue>>,
  count: number,
  seed: string,
): { readonly configured: readonly Configured[]; readonly warnings: readonly string[] } {
  const { mutations, exhausted } = takeMutations(space, count, { seed, exclude: baselineKeys(space, defaults) });
  const configured = mutations.map(({ configuration, probability }) => ({ values: configuration, probability }));
  if (mutations.length >= count || !exhausted) return { configured, warnings: [] };
  const warning = [
    `Warning: Could only generate ${mutations.length} unique mutations: the space has no more`,
    `   Requested: ${count}, Generated: ${mutations.length}`,
    "   Consider widening hyperparameter ranges or reducing --runs",
  ].join("\n");
  return { configured, warnings: [warning] };
}

/** The baseline is never drawn as a mutation; it has no key when a default is not passed at all. */
function baselineKeys(space: Space, defaults: Readonly<Record<string, ParameterValue>>): readonly string[] {
  const baseline: Record<string, Value> = {};
  for (const name of Object.keys(space)) {
    const value = defaults[name];
    if (value === null || value === undefined) return [];
    baseline[name] = value;
  }
  return [configurationKey(space, baseline)];
}

function seedColumns(
  experiment: RequestedExperiment,
  parameters: Readonly<Record<string, Parameter>>,
  options: { readonly seed: string; readonly key: string; readonly count: number },
): readonly { readonly name: string; readonly values: readonly number[] }[] {
  return Object.entries(parameters)
    .filter(([name, parameter]) => isSeed(name, parameter) && !Object.hasOwn(experiment.overrides, name))
    .filter(([name]) => experiment.mutate.includes(name) || options.count > 1)
    .map(([name, parameter]) => ({ name, values: replicationSeeds(parameter, options) }));
}

function defaultValues(parameters: Readonly<Record<string, Parameter>>): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(parameters).map(([name, { default: value }]) => [name, value ?? null]));
}

/** Over the full vector, so that rows of different experiments with equal values have equal keys. */
function keyOf(
  parameters: Readonly<Record<string, Parameter>>,
  vector: Readonly<Record<string, ParameterValue>>,
): string {
  const passed: Record<string, Value> = {};
  for (const [name, value] of Object.entries(vector)) if (value !== null) passed[name] = value;
  const configuration: Configuration = passed;
  return configurationKey(parameters, configuration);
}

function parameterOf(parameters: Readonly<Record<string, Parameter>>, name: string): Parameter {
  const parameter = parameters[name];
  if (!parameter) throw new RangeError(`no parameter ${name}`);
  return parameter;
}

/** The value as it stands on the command line; `undefined` when it is not passed. */
export function argumentText(parameter: Parameter, value: ParameterValue): string | undefined {
  return value === null ? undefined : canonicalText(parameter, value);
}
