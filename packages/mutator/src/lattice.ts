import { longest } from "./longest.ts";
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

/** A lattice of rising numbers; `place` is where a share falls when the value at index `i` owns [i, i + 1). */
export function rising(
  lattice: Pick<Lattice<number>, "size" | "value" | "mass"> & { readonly place: (share: number) => number },
): Lattice<number> {
  const { size, value, mass, place } = lattice;
  const last = size - 1;
  return {
    size,
    value,
    mass,
    draw: (share) => Math.max(0, Math.min(Math.floor(place(share)), last)), // roundings may step just over the ends
    indexOf: (wanted) => {
      if (typeof wanted !== "number" || !(wanted >= value(0) && wanted <= value(last))) return undefined;
      const below = longest(size, (index) => value(index) <= wanted);
      const above = Math.min(below + 1, last);
      return wanted - value(below) < value(above) - wanted ? below : above;
    },
    bounds: (from, to) => [value(from), value(to - 1)],
  };
}
