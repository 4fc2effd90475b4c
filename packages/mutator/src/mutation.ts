import { type Indices, OUTSIDE, valueAt } from "./axis.ts";
import { mismatch } from "./errors.ts";
import { keyOf } from "./key.ts";
import type { Parameter } from "./parameter.ts";
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

/** The space of drawn mutations, and what proposed them. */
export interface Origin {
  readonly prepared: PreparedSpace;
  readonly phase: string;
}

/** A mutation that keeps no texts: a million of them have to fit. */
export class DrawnMutation implements Mutation {
  readonly configuration: Configuration;
  readonly #origin: Origin;

  constructor(origin: Origin, configuration: Configuration) {
    this.configuration = configuration;
    this.#origin = origin;
  }

  get key(): string {
    return keyOf(this.configuration);
  }

  get probability(): number {
    return probabilityAt(this.#origin.prepared, this.#point());
  }

  /** How each value was drawn. */
  explain(): Explanation {
    const { prepared, phase } = this.#origin;
    const indices = this.#point();
    const parameters: Record<string, ValueExplanation> = {};
    for (const { position, axis } of prepared.byName) {
      const index = indices[position];
      const value = valueAt(axis, index);
      if (value === undefined) continue;
      parameters[axis.name] = {
        value,
        distribution: index === OUTSIDE ? "default" : distributionOf(axis.parameter),
        latticeSize: axis.lattice.size,
        index: index === OUTSIDE ? undefined : index,
        probability: massAt(axis, index),
      };
    }
    return { key: this.key, probability: this.probability, phase, parameters };
  }

  /** Found again from the values, which only JavaScript can have changed: those of another space have no probability. */
  #point(): Indices {
    const indices = exactPoint(this.#origin.prepared, this.configuration);
    if (indices) return indices;
    throw mismatch("BAD_VALUE", "the configuration as it was drawn", this.key);
  }

  /** For `JSON.stringify`: what a reader of the plan wants to see. */
  toJSON(): Pick<Mutation, "configuration" | "key" | "probability"> {
    const { configuration, key, probability } = this;
    return { configuration, key, probability };
  }
}

function distributionOf({ value, weights, distribution = "uniform" }: Parameter): ValueExplanation["distribution"] {
  if (value !== undefined) return "fixed";
  return weights === undefined ? distribution : "weighted";
}
