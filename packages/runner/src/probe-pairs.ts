import { isEpochs } from "@ea/energy";
import { canonicalText, isSeed, type Parameter, replicationSeeds, takeMutations, type Value } from "@ea/mutator";
import { grid } from "@ea/mutator/strategies";
import { type ParameterValue } from "@ea/records";
import { defaultValues, fullVector } from "./configurations.ts";
import { drawingSpace } from "./drawing-space.ts";
import type { RepositoryConfig } from "./models-config.ts";

/** A value for every parameter; `null` is not passed. */
export type Vector = Readonly<Record<string, ParameterValue>>;

/** Two trainings that differ in one parameter, or why there are none. */
export type ProbePair =
  | { readonly name: string; readonly reference: Vector; readonly variant: Vector }
  | { readonly name: string; readonly reason: string };

/** Values of a parameter that are looked at for the one farthest from where it stands. */
const MOST_VALUES = 1000;
const SEED = "probe";

/**
 * What to train so that each parameter stands at two values: all at their defaults, epochs at their fewest, conditions of
 * the parameter fulfilled; and the same with the parameter as far from there as its range allows.
 */
export function probePairs(config: RepositoryConfig): readonly ProbePair[] {
  const { supported_hyperparams: parameters } = config;
  const shortest = shortestValues(config);
  return Object.entries(parameters).map(([name, parameter]): ProbePair => {
    if (parameter.value !== undefined) return { name, reason: `it is fixed at ${parameter.value}` };
    const standing = { ...shortest, ...fulfilled(name, parameters, shortest) };
    const reference = fullVector(parameters, standing);
    const other = isSeed(name, parameter)
      ? replicationSeeds(parameter, { seed: SEED, key: "", count: 2 }).find((seed) => seed !== standing[name])
      : farthest(name, parameter, otherValues(config, name, standing), standing[name] ?? null);
    if (other === undefined) return { name, reason: "it has no other value beside the defaults of the rest" };
    return { name, reference, variant: fullVector(parameters, { ...standing, [name]: other }) };
  });
}

/** The defaults, with epochs at their fewest. */
function shortestValues(config: RepositoryConfig): Vector {
  const standing = defaultValues(config.supported_hyperparams);
  const names = Object.keys(standing).filter(isEpochs);
  return names.reduce<Vector>((values, name) => {
    const own = values[name];
    const numbers = [...otherValues(config, name, values), ...(own === null ? [] : [own])].map(Number);
    return numbers.length === 0 ? values : { ...values, [name]: Math.min(...numbers) };
  }, standing);
}

/** Values of the conditions of a parameter, and of theirs, under which it takes part. */
function fulfilled(name: string, parameters: Readonly<Record<string, Parameter>>, standing: Vector): Vector {
  return Object.entries(parameters[name]?.when ?? {}).reduce<Vector>((values, [parent, wanted]) => {
    const [first = null] = [wanted].flat();
    const own = standing[parent] ?? null;
    const holds = own !== null && [wanted].flat().some((value) => String(value) === String(own));
    return { ...values, ...fulfilled(parent, parameters, standing), [parent]: holds ? own : first };
  }, {});
}

function otherValues(config: RepositoryConfig, name: string, standing: Vector): readonly Value[] {
  const parameter = config.supported_hyperparams[name];
  if (parameter === undefined || parameter.value !== undefined) return [];
  const space = drawingSpace(config, [name], standing);
  const { mutations } = takeMutations(space, MOST_VALUES, { seed: SEED, strategy: grid });
  const own = standing[name] ?? null;
  const text = own === null ? undefined : canonicalText(parameter, own);
  return mutations.flatMap(({ configuration }) => {
    const value = configuration[name];
    return value === undefined || canonicalText(parameter, value) === text ? [] : [value];
  });
}

/** As far away as possible, on the scale of its distribution; of epochs, which cost time, the next one. */
function farthest(
  name: string,
  { distribution }: Parameter,
  values: readonly Value[],
  own: ParameterValue,
): Value | undefined {
  const distance = (value: Value): number => {
    if (typeof value !== "number" || typeof own !== "number") return 0;
    const isLogarithmic = distribution === "log_uniform" && value > 0 && own > 0;
    const apart = Math.abs(isLogarithmic ? Math.log(value / own) : value - own);
    return isEpochs(name) ? -apart : apart;
  };
  return values.reduce<Value | undefined>((best, value) => {
    return best === undefined || distance(value) > distance(best) ? value : best;
  }, undefined);
}
