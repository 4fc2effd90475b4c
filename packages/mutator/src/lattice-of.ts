import { choiceLattice } from "./choice-lattice.ts";
import type { Lattice } from "./lattice.ts";
import { decimalLattice, logStepLattice, significantLattice, stepLattice } from "./number-lattices.ts";
import type { ParameterShape } from "./parameter-shape.ts";
import { withZero } from "./with-zero.ts";

/** Significant digits of a drawn float that says nothing else. */
export const DEFAULT_DIGITS = 6;

const SEED_RANGE = [0, 2 ** 31 - 1] as const;

/** The lattice of a valid parameter. */
export function latticeOf(parameter: ParameterShape): Lattice {
  const { type, value, choices = [], weights, zero_probability = 0 } = parameter;
  if (value !== undefined) return choiceLattice([value]);
  if (type === "bool") return choiceLattice([false, true]);
  if (type === "categorical") return choiceLattice(choices, weights);
  return withZero(rangeLattice(parameter), zero_probability);
}

/** The lattice of an int or float parameter's range, without its zero atom; its size may be 0 or too large to be one. */
export function rangeLattice(parameter: ParameterShape): Lattice<number> {
  const { type, range = SEED_RANGE, digits = DEFAULT_DIGITS, distribution, step = type === "int" ? 1 : 0 } = parameter;
  const [lo, hi] = range;
  const isLog = distribution === "log_uniform";
  if (lo === hi) return stepLattice(lo, hi, 1); // one value with all its digits
  if (step > 0) return (isLog ? logStepLattice : stepLattice)(lo, hi, step);
  return (isLog ? significantLattice : decimalLattice)(lo, hi, digits);
}
