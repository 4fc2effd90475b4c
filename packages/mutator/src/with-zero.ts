import type { Lattice } from "./lattice.ts";
import { pointLattice } from "./number-lattices.ts";

/**
 * Adds an atom of mass `probability` at 0: 0 then has `probability` + (1 − `probability`) · what the lattice gave it,
 * and stands in the lattice once.
 */
export function withZero(lattice: Lattice<number>, probability: number): Lattice<number> {
  if (probability === 0) return lattice;
  if (probability === 1) return pointLattice(0);
  const rest = 1 - probability;
  const zero = zeroIndex(lattice);
  if (zero !== undefined) {
    return {
      ...lattice,
      mass: (from, to) => rest * lattice.mass(from, to) + (from <= zero && zero < to ? probability : 0),
    };
  }
  return {
    size: lattice.size + 1,
    value: (index) => (index === 0 ? 0 : lattice.value(index - 1)),
    mass: (from, to) => {
      if (from > 0) return rest * lattice.mass(from - 1, to - 1);
      return probability + (to > 1 ? rest * lattice.mass(0, to - 1) : 0);
    },
  };
}

/** Where a rising lattice holds 0, `undefined` if nowhere. */
function zeroIndex(lattice: Lattice<number>): number | undefined {
  let [from, to] = [0, lattice.size];
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2);
    const value = lattice.value(middle);
    if (value === 0) return middle;
    if (value < 0) from = middle + 1;
    else to = middle;
  }
  return undefined;
}
