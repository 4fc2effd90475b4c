import { type Axis, axesOf, exactIndex, INACTIVE, type Indices, isActive, OUTSIDE, valueAt } from "./axis.ts";
import { type BoundConstraint, bindConstraint } from "./bound-constraint.ts";
import { MutatorError } from "./errors.ts";
import { parseConstraint } from "./parse-constraint.ts";
import { show } from "./show.ts";
import { type FullSpace, Space } from "./space.ts";
import type { Configuration, Value } from "./value.ts";

/** A space made ready for drawing; its points are lists of one index per axis. */
export interface PreparedSpace {
  readonly space: FullSpace;
  readonly axes: readonly Axis[];
  /** Each once, in an order that does not depend on how they were written. */
  readonly constraints: readonly BoundConstraint[];
  /** Positions of the axes in the order of their names, in which configurations and keys list them. */
  readonly byName: readonly number[];
}

/**
 * Reads a space and finds its axes.
 * @throws ZodError for a space that is none.
 */
export function prepareSpace(input: Space): PreparedSpace {
  return prepareValid(Space.parse(input));
}

/** Finds the axes of a space that is known to be valid. */
export function prepareValid(space: FullSpace): PreparedSpace {
  const axes = axesOf(space);
  const bound = space.constraints.map((text) => bindConstraint(parseConstraint(text), axes));
  const distinct = new Map(bound.map((constraint) => [constraint.meaning, constraint]));
  const constraints = [...distinct.values()].sort((a, b) => (a.meaning < b.meaning ? -1 : 1));
  const byName = [...axes.keys()].sort((a, b) => ((axes[a]?.name ?? "") < (axes[b]?.name ?? "") ? -1 : 1));
  return { space, axes, constraints, byName };
}

/** Whether a point satisfies all constraints. */
export function isFeasible({ constraints }: PreparedSpace, indices: Indices): boolean {
  for (const constraint of constraints) if (!constraint.holds(indices)) return false;
  return true;
}

/** The configuration at a point, without what takes no part. */
export function configurationAt({ axes, byName }: PreparedSpace, indices: Indices): Configuration {
  const configuration: Record<string, Value> = {};
  for (const position of byName) {
    const axis = axes[position];
    const value = axis && valueAt(axis, indices[position] ?? INACTIVE);
    if (axis && value !== undefined) configuration[axis.name] = value;
  }
  return configuration;
}

/** Probability of a point in one independent draw, before constraints; wide spaces may underflow to 0. */
export function probabilityAt({ axes }: PreparedSpace, indices: Indices): number {
  return axes.reduce((product, axis, position) => {
    const index = indices[position] ?? INACTIVE;
    return index === INACTIVE ? product : product * massAt(axis, index);
  }, 1);
}

/** Probability of the value at an index; 0 for a default that cannot be drawn. */
export function massAt({ lattice }: Pick<Axis, "lattice">, index: number): number {
  return index === OUTSIDE ? 0 : lattice.mass(index, index + 1);
}

/** The point of exactly this canonical configuration; `undefined` when a value is not one of the space. */
export function exactPoint({ axes }: PreparedSpace, configuration: Configuration): Indices | undefined {
  const indices: number[] = [];
  for (const axis of axes) {
    const value = ownValue(configuration, axis.name);
    const index = value === undefined || !isActive(axis, indices) ? INACTIVE : exactIndex(axis, value);
    if (index === undefined) return undefined;
    indices.push(index);
  }
  return indices;
}

/**
 * The point nearest to a canonical configuration: numbers move to the nearest value of the space.
 * @throws MutatorError `BAD_VALUE` for a value that is missing or outside the space.
 */
export function nearestPoint({ axes }: PreparedSpace, configuration: Configuration): Indices {
  const indices: number[] = [];
  for (const axis of axes) {
    const value = ownValue(configuration, axis.name);
    const index = !isActive(axis, indices) ? INACTIVE : value === undefined ? undefined : axis.lattice.indexOf(value);
    if (index === undefined) throw outside(axis, value);
    indices.push(index);
  }
  return indices;
}

/** A parameter may be called `constructor`. */
function ownValue(configuration: Configuration, name: string): Value | undefined {
  return Object.hasOwn(configuration, name) ? configuration[name] : undefined;
}

function outside({ name, lattice }: Axis, value: Value | undefined): MutatorError {
  const ends = [lattice.value(0), lattice.value(lattice.size - 1)].map(show).join(" … ");
  return new MutatorError("BAD_VALUE", `Parameter ${show(name)}: expected one of ${ends}, found ${show(value)}`);
}
