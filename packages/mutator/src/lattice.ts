import type { Value } from "./value.ts";

/** The finite, ordered values of one parameter with their probabilities; nothing is ever listed. */
export interface Lattice<V extends Value = Value> {
  /** How many values there are. */
  readonly size: number;
  /** The value at an index from 0 to size − 1. */
  readonly value: (index: number) => V;
  /** Probability of the values from index `from` up to but without `to`; above 0 unless empty, 1 for all of them. */
  readonly mass: (from: number, to: number) => number;
}
