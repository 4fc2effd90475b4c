import { type Indices, OUTSIDE, valueAt } from "./axis.ts";
import { mismatch } from "./errors.ts";
import { keyOf } from "./key.ts";
import { exactPoint, massAt, type PreparedSpace, probabilityAt } from "./prepared-space.ts";
import type { Configuration, Value } from "./value.ts";

/** One drawn configuration; `key`, `probability` and `explain()` are worked out when they are asked for. */
export interface Mutation {
  /** A value for every parameter that takes part, but seeds, in the order of their names. */
  readonly configuration: Configuration;
  /** Canonical string of the configuration. */
  readonly key: string;
  /** Probability of the configuration in one independent draw, before constraints, exclusions and the predicate. */
  readonly probability: number;
  /** How each value was drawn. */
  readonly explain: () => Explanation;
}

/** How a configuration was drawn. */
export interface Explanation {
  readonly key: string;
  readonly probability: number;
  /** The part of the strategy that proposed it. */
  readonly phase: string;
  /** By name, without what takes no part. */
  readonly parameters: Readonly<Record<string, ValueExplanation>>;
}

/** How one value was drawn. */
export interface ValueExplanation {
  readonly value: Value;
  readonly distribution: "uniform" | "log_uniform" | "weighted" | "fixed" | "default";
  /** How many values can be drawn. */
  readonly latticeSize: number;
  /** Which of them it is, from 0; `undefined` for a default that is none of them. */
  readonly index: number | undefined;
  /** Probability of the value in one independent draw in which its parameter takes part. */
  readonly probability: number;
}

/** A mutation that keeps no texts: a million of them have to fit. */
export class DrawnMutation implements Mutation {
  readonly configuration: Configuration;
  readonly #prepared: PreparedSpace;
  readonly #phase: string;

  constructor(prepared: PreparedSpace, phase: string, configuration: Configuration) {
    this.configuration = configuration;
    this.#prepared = prepared;
    this.#phase = phase;
  }

  get key(): string {
    return keyOf(this.configuration);
  }

  get probability(): number {
    return probabilityAt(this.#prepared, this.#point());
  }

  /** How each value was drawn. */
  explain(): Explanation {
    const indices = this.#point();
    const parameters: Record<string, ValueExplanation> = {};
    for (const axis of this.#prepared.byName) {
      const index = indices[axis.position];
      const value = valueAt(axis, index);
      if (value === undefined) continue;
      const { value: fixed, weights, distribution = "uniform" } = axis.parameter;
      parameters[axis.name] = {
        value,
        distribution:
          index === OUTSIDE ? "default" : fixed !== undefined ? "fixed" : weights ? "weighted" : distribution,
        latticeSize: axis.lattice.size,
        index: index === OUTSIDE ? undefined : index,
        probability: massAt(axis, index),
      };
    }
    return { key: this.key, probability: this.probability, phase: this.#phase, parameters };
  }

  /** Found again from the values, which only JavaScript can have changed: those of another space have no probability. */
  #point(): Indices {
    const indices = exactPoint(this.#prepared, this.configuration);
    if (indices) return indices;
    throw mismatch("BAD_VALUE", "a configuration as drawn", this.key);
  }

  /** For `JSON.stringify`: what a reader of the plan wants to see. */
  toJSON(): Pick<Mutation, "configuration" | "key" | "probability"> {
    return { configuration: this.configuration, key: this.key, probability: this.probability };
  }
}
