import { plainZero } from "./canonical.ts";
import { mismatch } from "./errors.ts";
import type { Lattice } from "./lattice.ts";
import { show } from "./show.ts";
import type { Value } from "./value.ts";

/** Choices with relative weights, equal ones by default; a choice of weight 0 is no part of the space. */
export function choiceLattice(choices: readonly Value[], weights: readonly number[] = choices.map(() => 1)): Lattice {
  const heaviest = weights.reduce((a, b) => Math.max(a, b), 0); // there may be too many for `Math.max(...weights)`
  const kept = choices
    .map((choice, index) => ({ value: plainZero(choice), weight: (weights[index] ?? 0) / heaviest })) // no sum overflows
    .filter((choice) => choice.weight > 0);
  const size = kept.length;
  // summed anew each time: differences of running sums would lose a choice of weight 1e-20
  const sum = (from: number, to: number): number =>
    kept.slice(from, to).reduce((total, choice) => total + choice.weight, 0);
  const total = sum(0, size);
  const texts = new Map(kept.map((choice, index) => [String(choice.value), index]));
  return {
    size,
    value: (index) => {
      const choice = kept[index];
      if (choice) return choice.value;
      throw mismatch("BAD_VALUE", `an index from 0 to ${size - 1}`, show(index));
    },
    mass: (from, to) => sum(from, to) / total,
    draw: (share) => {
      let left = share * total;
      const index = kept.findIndex((choice) => (left -= choice.weight) < 0);
      return index < 0 ? size - 1 : index;
    },
    indexOf: (value) => texts.get(String(value)),
    bounds: (from, to) => {
      const numbers = kept.slice(from, to).map((choice) => Number(choice.value));
      return [numbers.reduce((a, b) => Math.min(a, b), Infinity), numbers.reduce((a, b) => Math.max(a, b), -Infinity)];
    },
  };
}
