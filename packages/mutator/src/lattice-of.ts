import { choiceLattice } from "./choice-lattice.ts";
import type { Lattice } from "./lattice.ts";
import {
  decimalLattice,
  integerLattice,
  logIntegerLattice,
  logStepLattice,
  pointLattice,
  significantLattice,
  stepLattice,
} from "./number-lattices.ts";
import type { ParameterShape } from "./parameter-shape.ts";
import { withZero } from "./with-zero.ts";

/** Significant digits of a drawn float that says nothing else. */
export const DEFAULT_DIGITS = 6;

const SEED_RANGE = [0, 2 ** 31 - 1] as const;

/** The lattice of a valid parameter. */
export function latticeOf(parameter: ParameterShape): Lattice {
  if (parameter.value !== undefined) return choiceLattice([parameter.value]);
  if (parameter.type === "bool") return choiceLattice([false, true]);
  if (parameter.type === "categorical") return choiceLattice(parameter.choices ?? [], parameter.weights);
  return withZero(rangeLattice(parameter), parameter.zero_probability ?? 0);
}

/** The lattice of an int or float parameter's range, without its zero atom; its size may be 0 or too large to be one. */
export function rangeLattice(parameter: ParameterShape): Lattice<number> {
  const [lo, hi] = parameter.range ?? SEED_RANGE;
  const isLog = parameter.distribution === "log_uniform";
  if (lo === hi) return pointLattice(lo);
  if (parameter.step !== undefined) return (isLog ? logStepLattice : stepLattice)(lo, hi, parameter.step);
  if (parameter.type === "int") return isLog ? logIntegerLattice(lo, hi) : integerLattice(lo, hi);
  const digits = parameter.digits ?? DEFAULT_DIGITS;
  return isLog ? significantLattice(lo, hi, digits) : decimalLattice(lo, hi, digits);
}
