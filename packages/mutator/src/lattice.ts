import type { Value } from "./value.ts";

/** The finite, ordered values of one parameter with their probabilities; nothing is ever listed. */
export interface Lattice<V extends Value = Value> {
  /** How many values there are. */
  readonly size: number;
  /** The value at an index from 0 to size − 1. */
  readonly value: (index: number) => V;
  /** Probability of the values from index `from` up to but without `to`; above 0 unless empty, 1 for all of them. */
  readonly mass: (from: number, to: number) => number;
  /** The index at which `mass(0, index)` first exceeds `share`, a number from 0 to 1: the inverse of the distribution. */
  readonly draw: (share: number) => number;
  /** The index of a value as it stands here (of numbers: the nearest one); `undefined` when it lies outside. */
  readonly indexOf: (value: Value) => number | undefined;
  /** The smallest and the largest number among the values from index `from` up to but without `to`; booleans are 0 and 1. */
  readonly bounds: (from: number, to: number) => readonly [lowest: number, highest: number];
}

/** `index`, or the nearest one that a lattice of `size` values has: roundings may step just over its ends. */
export function within(index: number, size: number): number {
  return index < 0 ? 0 : index < size ? index : size - 1;
}

/** What every lattice of rising numbers has in common. */
export function rising(lattice: Omit<Lattice<number>, "indexOf" | "bounds">): Lattice<number> {
  const { size, value } = lattice;
  return {
    ...lattice,
    indexOf: (wanted) => nearestIndex(lattice, wanted),
    bounds: (from, to) => (size > 0 ? [value(from), value(to - 1)] : [Number.NaN, Number.NaN]),
  };
}

function nearestIndex({ size, value }: Pick<Lattice<number>, "size" | "value">, wanted: Value): number | undefined {
  if (typeof wanted !== "number" || !(wanted >= value(0) && wanted <= value(size - 1))) return undefined;
  let [from, to] = [0, size - 1]; // value(from) <= wanted <= value(to)
  while (to - from > 1) {
    const middle = from + Math.floor((to - from) / 2);
    if (value(middle) <= wanted) from = middle;
    else to = middle;
  }
  return wanted - value(from) < value(to) - wanted ? from : to;
}
