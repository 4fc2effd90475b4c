import type { Axis, Indices } from "./axis.ts";
import type { Hash } from "./hash.ts";
import type { WrittenConfiguration } from "./key.ts";
import type { FullSpace } from "./space.ts";

/** A configuration to try, as the index of each axis' value, and how it was found. */
export interface Proposal {
  /** May be a buffer that the strategy uses again. */
  readonly indices: Indices;
  /** For `explain()`; the part of the strategy that proposed it. */
  readonly phase: string;
}

/** What a strategy works with. */
export interface StrategyContext {
  readonly space: FullSpace;
  /** Its drawable parameters, parents before children. */
  readonly axes: readonly Axis[];
  /** Source of randomness that belongs to the seed and the space. */
  readonly hash: Hash;
  /** Numbers from 0 up to 1 of 53 bits, a stream that belongs to the seed and the space. */
  readonly random: () => number;
  /** How many distinct configurations have been taken from the proposals so far: unchanged after a repeat. */
  readonly taken: () => number;
  /**
   * The indices of a configuration; numbers move to the nearest value of the space.
   * @throws MutatorError for names, types and values that the space lacks.
   */
  readonly pointOf: (configuration: WrittenConfiguration) => Indices;
  /** All configurations of the space in the order of a race, those that were taken included. */
  readonly race: () => Iterable<Proposal>;
}

/**
 * A way to choose configurations. It only proposes: repeats, excluded configurations and those that break a constraint
 * or are rejected by a predicate are dropped for it.
 */
export interface Strategy {
  /** For messages. */
  readonly name: string;
  /** Proposals in the order in which they are to be tried; ends when there is nothing more to propose. */
  readonly propose: (context: StrategyContext) => Iterable<Proposal>;
}
