import { type Lattice, within } from "./lattice.ts";
import { pointLattice } from "./number-lattices.ts";

/**
 * Adds an atom of mass `probability` at 0: 0 then has `probability` + (1 − `probability`) · what the lattice gave it,
 * and stands in the lattice once.
 */
export function withZero(lattice: Lattice<number>, probability: number): Lattice<number> {
  if (probability === 0) return lattice;
  if (probability === 1) return pointLattice(0);
  const rest = 1 - probability;
  const zero = lattice.indexOf(0);
  if (zero !== undefined && lattice.value(zero) === 0) {
    const below = rest * lattice.mass(0, zero);
    return {
      ...lattice,
      mass: (from, to) => rest * lattice.mass(from, to) + (from <= zero && zero < to ? probability : 0),
      draw: (share) => {
        if (share < below) return lattice.draw(share / rest);
        return share < below + probability ? zero : lattice.draw((share - probability) / rest);
      },
    };
  }
  const { size } = lattice;
  return {
    size: size + 1,
    value: (index) => (index === 0 ? 0 : lattice.value(index - 1)),
    mass: (from, to) => {
      if (from > 0) return rest * lattice.mass(from - 1, to - 1);
      return to === 0 ? 0 : probability + (to > 1 ? rest * lattice.mass(0, to - 1) : 0);
    },
    draw: (share) => (share < probability ? 0 : 1 + within(lattice.draw((share - probability) / rest), size)),
    indexOf: (value) => {
      if (value === 0) return 0;
      const index = lattice.indexOf(value);
      return index === undefined ? undefined : index + 1;
    },
    bounds: (from, to) => {
      if (from > 0) return lattice.bounds(from - 1, to - 1);
      if (to === 1) return [0, 0];
      const [lowest, highest] = lattice.bounds(0, to - 1);
      return [Math.min(0, lowest), Math.max(0, highest)];
    },
  };
}
