import { canonicalValue } from "./canonical.ts";
import { rangeLattice } from "./lattice-of.ts";
import type { Parameter } from "./parameter.ts";
import { configurationAt, prepareValid } from "./prepared-space.ts";
import { race } from "./race.ts";
import type { FullSpace } from "./space.ts";
import type { Strategy } from "./strategy.ts";

/** Values of a float without `step` in a grid, unless its `levels` says otherwise. */
const DEFAULT_LEVELS = 5;

/**
 * Every combination of every parameter's values, each once, in a seeded order, so that any part of it is spread over the
 * whole grid. Numbers with `levels`, and floats without `step`, have that many values (5 unless said otherwise), evenly
 * spread over their distribution, ends included.
 */
export const grid: Strategy = {
  name: "grid",
  *propose({ space, hash, pointOf }) {
    const entries = Object.entries(space.parameters).map(([name, parameter]) => {
      return [name, coarse(withCanonicalConditions(parameter, space))] as const;
    });
    const prepared = prepareValid({ ...space, parameters: Object.fromEntries(entries) });
    for (const indices of race(prepared.axes, prepared.constraints, hash)) {
      yield { indices: pointOf(configurationAt(prepared, indices)), phase: "grid" };
    }
  },
};

/** Conditions may spell a number of their parent as "1e-3", which is another text than that of its level. */
function withCanonicalConditions(parameter: Parameter, { parameters }: FullSpace): Parameter {
  if (parameter.when === undefined) return parameter;
  const when = Object.entries(parameter.when).map(([name, wanted]) => {
    const parent = parameters[name] ?? parameter;
    return [name, [wanted].flat().map((value) => canonicalValue(parent, value))] as const;
  });
  return { ...parameter, when: Object.fromEntries(when) };
}

function coarse(parameter: Parameter): Parameter {
  const { type, step, value, when, zero_probability: zero = 0 } = parameter;
  const isNumber = type === "int" || type === "float";
  if (!isNumber || value !== undefined || parameter.role === "seed" || zero === 1) return parameter;
  const isFine = type === "float" && step === undefined;
  const { levels = isFine ? DEFAULT_LEVELS : undefined } = parameter;
  const range = rangeLattice(parameter);
  if (levels === undefined || levels >= range.size) return parameter;
  const shares = Array.from({ length: levels }, (_, level) => (levels === 1 ? 0.5 : level / (levels - 1)));
  const values = shares.map((share) => range.value(range.draw(share)));
  return { type: "categorical", choices: [...new Set(zero > 0 ? [0, ...values] : values)], ...(when && { when }) };
}
