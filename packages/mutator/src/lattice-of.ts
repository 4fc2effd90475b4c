import type { Lattice } from "./lattice.ts";
import {
  decimalLattice,
  integerLattice,
  logIntegerLattice,
  pointLattice,
  significantLattice,
  stepLattice,
} from "./number-lattices.ts";
import type { ParameterShape } from "./parameter-shape.ts";
import type { Value } from "./value.ts";
import { withZero } from "./with-zero.ts";

/** Significant digits of a drawn float that says nothing else. */
export const DEFAULT_DIGITS = 6;

const SEED_RANGE = [0, 2 ** 31 - 1] as const;

/** The lattice of a valid parameter. */
export function latticeOf(parameter: ParameterShape): Lattice {
  if (parameter.type === "bool") return choiceLattice([false, true]);
  if (parameter.type === "categorical") return choiceLattice(parameter.choices ?? [], parameter.weights);
  return withZero(rangeLattice(parameter), parameter.zero_probability ?? 0);
}

/** The lattice of an int or float parameter's range, without its zero atom; its size may be 0 or too large to be one. */
export function rangeLattice(parameter: ParameterShape): Lattice<number> {
  const [lo, hi] = parameter.range ?? SEED_RANGE;
  const isLog = parameter.distribution === "log_uniform";
  if (lo === hi) return pointLattice(lo);
  if (parameter.step !== undefined) return stepLattice(lo, hi, parameter.step);
  if (parameter.type === "int") return isLog ? logIntegerLattice(lo, hi) : integerLattice(lo, hi);
  const digits = parameter.digits ?? DEFAULT_DIGITS;
  return isLog ? significantLattice(lo, hi, digits) : decimalLattice(lo, hi, digits);
}

/** Choices with weights; a choice of weight 0 is no part of the space. */
function choiceLattice(choices: readonly Value[], weights: readonly number[] = choices.map(() => 1)): Lattice {
  const heaviest = Math.max(...weights);
  const scaled = weights.map((weight) => weight / heaviest); // so that their sum cannot overflow
  const kept = choices.flatMap((value, index) => {
    const weight = scaled[index] ?? 0;
    return weight > 0 ? [{ value, weight }] : [];
  });
  // summed anew each time: differences of running sums would lose a choice of weight 1e-20
  const sum = (from: number, to: number): number =>
    kept.slice(from, to).reduce((total, { weight }) => total + weight, 0);
  const total = sum(0, kept.length);
  return {
    size: kept.length,
    value: (index) => {
      const choice = kept[index];
      if (choice === undefined) throw new RangeError(`Expected an index below ${kept.length}, found ${index}`);
      return choice.value;
    },
    mass: (from, to) => sum(from, to) / total,
  };
}
