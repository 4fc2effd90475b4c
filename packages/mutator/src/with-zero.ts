import type { Lattice } from "./lattice.ts";
import { stepLattice } from "./number-lattices.ts";

/**
 * Adds an atom of mass `probability` at 0: 0 then has `probability` + (1 − `probability`) · what the lattice gave it,
 * and stands in the lattice once, in front of all others unless it was there.
 */
export function withZero(lattice: Lattice<number>, probability: number): Lattice<number> {
  if (probability === 0) return lattice;
  if (probability === 1) return stepLattice(0, 0, 1);
  const nearest = lattice.indexOf(0) ?? 0;
  const shift = lattice.value(nearest) === 0 ? 0 : 1; // of the values behind 0
  const zero = shift === 0 ? nearest : 0;
  const inner = (index: number): number => Math.max(0, index - shift);
  const rest = 1 - probability;
  const below = rest * lattice.mass(0, zero);
  const hasZero = (from: number, to: number): boolean => from <= zero && zero < to;
  return {
    size: lattice.size + shift,
    value: (index) => (index === zero ? 0 : lattice.value(inner(index))),
    mass: (from, to) => rest * lattice.mass(inner(from), inner(to)) + (hasZero(from, to) ? probability : 0),
    draw: (share) => {
      if (share < below) return lattice.draw(share / rest);
      return share < below + probability ? zero : lattice.draw((share - probability) / rest) + shift;
    },
    indexOf: (value) => {
      if (value === 0) return zero;
      const index = lattice.indexOf(value);
      return index === undefined ? index : index + shift;
    },
    bounds: (from, to) => {
      if (from === zero && to === zero + 1) return [0, 0];
      const [lowest, highest] = lattice.bounds(inner(from), inner(to));
      return hasZero(from, to) ? [Math.min(0, lowest), Math.max(0, highest)] : [lowest, highest];
    },
  };
}
