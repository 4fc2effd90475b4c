import type { Lattice } from "./lattice.ts";
import type { Value } from "./value.ts";

/** Choices with relative weights, equal ones by default; a choice of weight 0 is no part of the space. */
export function choiceLattice(choices: readonly Value[], weights: readonly number[] = choices.map(() => 1)): Lattice {
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0); // no spread: choices may be many
  const scaled = weights.map((weight) => weight / heaviest); // so that their sum cannot overflow
  const kept = choices.flatMap((value, index) => {
    const weight = scaled[index] ?? 0;
    return weight > 0 ? [{ value: typeof value === "number" ? value + 0 : value, weight }] : []; // -0 is 0
  });
  // summed anew each time: differences of running sums would lose a choice of weight 1e-20
  const sum = (from: number, to: number): number => {
    let total = 0;
    for (let index = from; index < to; index++) total += kept[index]?.weight ?? 0;
    return total;
  };
  const size = kept.length;
  const total = sum(0, size);
  const numbers = kept.map(({ value }) => Number(value));
  const texts = new Map(kept.map(({ value }, index) => [String(value), index]));
  return {
    size,
    value: (index) => {
      const choice = kept[index];
      if (choice === undefined) throw new RangeError(`Expected an index below ${size}, found ${index}`);
      return choice.value;
    },
    mass: (from, to) => sum(from, to) / total,
    draw: (share) => {
      let left = share * total;
      for (let index = 0; index < size - 1; index++) {
        left -= kept[index]?.weight ?? 0;
        if (left < 0) return index;
      }
      return size - 1;
    },
    indexOf: (value) => texts.get(String(value)),
    bounds: (from, to) => boundsOf(numbers.slice(from, to)),
  };
}

/** The smallest and the largest of some numbers, of which there may be too many for `Math.min(...numbers)`. */
export function boundsOf(numbers: readonly number[]): readonly [lowest: number, highest: number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) [lowest, highest] = [Math.min(lowest, number), Math.max(highest, number)];
  return [lowest, highest];
}
