import { type Axis, axesOf, exactIndex, INACTIVE, type Indices, OUTSIDE, pointBy, valueAt } from "./axis.ts";
import { type BoundConstraint, bindConstraint } from "./bound-constraint.ts";
import { mismatch } from "./errors.ts";
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
  /** The axes in the order of their names, in which configurations and keys list them. */
  readonly byName: readonly Axis[];
  /** Any configuration, to be copied; `undefined` where conditions say which names a configuration has. */
  readonly template: Configuration | undefined;
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
  const byName = [...axes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const isConditional = axes.some((axis) => axis.conditions.length > 0);
  const values = byName.map((axis) => [axis.name, axis.lattice.value(0)] as const);
  return { space, axes, constraints, byName, template: isConditional ? undefined : Object.fromEntries(values) };
}

/** The configuration at a point, without what takes no part. */
export function configurationAt({ byName, template }: PreparedSpace, indices: Indices): Configuration {
  // a copy has its layout at once; an object that grows name by name takes more memory, and more time
  const configuration: Record<string, Value> = { ...template };
  for (const axis of byName) {
    const value = valueAt(axis, indices[axis.position]);
    if (value !== undefined) configuration[axis.name] = value;
    else if (template) delete configuration[axis.name]; // a default of null: not passed
  }
  return configuration;
}

/** Probability of a point in one independent draw, before constraints; wide spaces may underflow to 0. */
export function probabilityAt(prepared: PreparedSpace, indices: Indices): number {
  return prepared.axes.reduce((product, axis, position) => product * massAt(axis, indices[position]), 1);
}

/** Probability of the value at an index; 1 where the axis takes no part, 0 for a default that cannot be drawn. */
export function massAt(axis: Axis, index = INACTIVE): number {
  if (index >= 0) return axis.lattice.mass(index, index + 1);
  return index === OUTSIDE ? 0 : 1;
}

/** The point of exactly this canonical configuration; `undefined` when a value is not one of the space. */
export function exactPoint(prepared: PreparedSpace, configuration: Configuration): Indices | undefined {
  const indices = pointBy(prepared.axes, (axis) => {
    const value = ownValue(configuration, axis);
    return value === undefined ? INACTIVE : (exactIndex(axis, value) ?? Number.NaN);
  });
  return indices.some(Number.isNaN) ? undefined : indices;
}

/**
 * The point nearest to a canonical configuration: numbers move to the nearest value of the space.
 * @throws MutatorError `BAD_VALUE` for a value that is missing or outside the space.
 */
export function nearestPoint(prepared: PreparedSpace, configuration: Configuration): Indices {
  return pointBy(prepared.axes, (axis) => {
    const { name, lattice } = axis;
    const value = ownValue(configuration, axis);
    const index = value === undefined ? undefined : lattice.indexOf(value);
    if (index !== undefined) return index;
    const ends = [lattice.value(0), lattice.value(lattice.size - 1)].map(show).join(" to ");
    throw mismatch("BAD_VALUE", `a value from ${ends} for parameter ${show(name)}`, show(value));
  });
}

/** A parameter may be called `constructor`. */
function ownValue(configuration: Configuration, axis: Axis): Value | undefined {
  return Object.hasOwn(configuration, axis.name) ? configuration[axis.name] : undefined;
}
