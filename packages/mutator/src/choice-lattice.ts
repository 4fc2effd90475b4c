import { plainZero } from "./canonical.ts";
import type { Lattice } from "./lattice.ts";
import type { Value } from "./value.ts";

/** Choices with relative weights, equal ones by default; a choice of weight 0 is no part of the space. */
export function choiceLattice(choices: readonly Value[], weights: readonly number[] = choices.map(() => 1)): Lattice {
  const [, heaviest] = boundsOf(weights);
  const kept = choices
    .map((choice, index) => ({ value: plainZero(choice), weight: (weights[index] ?? 0) / heaviest })) // no sum overflows
    .filter(({ weight }) => weight > 0);
  const size = kept.length;
  // summed anew each time: differences of running sums would lose a choice of weight 1e-20
  const sum = (from: number, to: number): number =>
    kept.slice(from, to).reduce((total, { weight }) => total + weight, 0);
  const total = sum(0, size);
  const texts = new Map(kept.map(({ value }, index) => [String(value), index]));
  return {
    size,
    value: (index) => {
      const choice = kept[index];
      if (!choice) throw new RangeError(`Expected an index below ${size}, found ${index}`);
      return choice.value;
    },
    mass: (from, to) => sum(from, to) / total,
    draw: (share) => {
      let left = share * total;
      for (const [index, { weight }] of kept.entries()) {
        left -= weight;
        if (left < 0) return index;
      }
      return size - 1;
    },
    indexOf: (value) => texts.get(String(value)),
    bounds: (from, to) => boundsOf(kept.slice(from, to).map(({ value }) => Number(value))),
  };
}

/** The smallest and the largest of some numbers, of which there may be too many for `Math.min(...numbers)`. */
function boundsOf(numbers: readonly number[]): readonly [lowest: number, highest: number] {
  return [
    numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ];
}
