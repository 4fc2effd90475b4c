import { readValue } from "./canonical.ts";
import { isSeed } from "./is-seed.ts";
import type { Lattice } from "./lattice.ts";
import { latticeOf } from "./lattice-of.ts";
import type { Parameter } from "./parameter.ts";
import { parseConstraint } from "./parse-constraint.ts";
import type { FullSpace } from "./space.ts";
import type { Value } from "./value.ts";

/** A parent that decides whether an axis takes part. */
export interface Condition {
  /** Position of the parent, which stands before the axis. */
  readonly parent: number;
  /** Indices of the parent's values that let the axis take part. */
  readonly allowed: ReadonlySet<number>;
}

/** A drawable parameter. */
export interface Axis {
  readonly name: string;
  /** Its place among all axes. */
  readonly position: number;
  readonly parameter: Parameter;
  /** The values that can be drawn. */
  readonly lattice: Lattice;
  /** The default, when it is not one of them. */
  readonly outside: Value | undefined;
  /** All of them have to hold; those of its parents are among them. */
  readonly conditions: readonly Condition[];
}

/** Index of each axis' value; `INACTIVE` where an axis takes no part, `OUTSIDE` for a default that cannot be drawn. */
export type Indices = ArrayLike<number>;

/** Stands for the index of an axis whose conditions do not hold, or whose value is not passed. */
export const INACTIVE = -1;

/** Stands for the index of a default that lies outside the drawable values. */
export const OUTSIDE = -2;

/** A point, axis by axis: what is chosen where an axis takes part. */
export function pointBy(axes: readonly Axis[], choose: (axis: Axis) => number): readonly number[] {
  const indices: number[] = [];
  for (const axis of axes) indices.push(isActive(axis, indices) ? choose(axis) : INACTIVE);
  return indices;
}

/** Whether an axis takes part, given the indices of all axes before it. */
export function isActive(axis: Pick<Axis, "conditions">, indices: Indices): boolean {
  for (const { parent, allowed } of axis.conditions) {
    if (!allowed.has(indices[parent] ?? INACTIVE)) return false;
  }
  return true;
}

/** Consecutive indices of an axis: from the first up to but without the second. */
export type Range = readonly [from: number, to: number];

/** Where a range of at least two is halved. */
export function middleOf(from: number, to: number): number {
  return from + Math.floor((to - from) / 2);
}

/** The halves of a range of at least two. */
export function halvesOf([from, to]: Range): readonly [Range, Range] {
  const middle = middleOf(from, to);
  return [
    [from, middle],
    [middle, to],
  ];
}

/** Where an axis takes no part. */
export const NOWHERE: Range = [INACTIVE, 0];

/** The points whose index on each axis lies in its range. */
export type Box = readonly Range[];

/** Whether an axis takes part in all points of a box; `undefined` when that depends on the point. */
export function takesPart(axis: Pick<Axis, "conditions">, box: Box): boolean | undefined {
  let answer: true | undefined = true;
  for (const { parent, allowed } of axis.conditions) {
    const [from, to] = box[parent] ?? NOWHERE;
    if (to - from > 1) answer = undefined;
    else if (!allowed.has(from)) return false;
  }
  return answer;
}

/**
 * The drawable parameters of a valid space (all but its seeds): parents before their children, constrained ones first,
 * so that dead ends are seen early, then by name (code units). The order in which they were written does not matter.
 */
export function axesOf({ parameters, constraints }: FullSpace): readonly Axis[] {
  const constrained = new Set(constraints.flatMap((text) => parseConstraint(text).terms.map((term) => term.name)));
  for (const name of constrained) {
    for (const parent of Object.keys(parameters[name]?.when ?? {})) constrained.add(parent); // its own turn will come
  }
  const rank = (name: string): string => `${constrained.has(name) ? 0 : 1}${name}`;
  const drawable = Object.entries(parameters)
    .filter(([name, parameter]) => !isSeed(name, parameter))
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));

  const axes = new Map<string, Axis>();
  for (;;) {
    const next = drawable.find(
      ([name, { when = {} }]) => !axes.has(name) && Object.keys(when).every((parent) => axes.has(parent)),
    );
    if (!next) return [...axes.values()];
    const [name, parameter] = next;
    const conditions = Object.entries(parameter.when ?? {}).flatMap(([parentName, wanted]): readonly Condition[] => {
      const parent = axes.get(parentName);
      if (!parent) return [];
      const allowed = new Set([wanted].flat().flatMap((value) => exactIndex(parent, value) ?? []));
      // the parent's own conditions too: where it has one value, that it is given does not say that it takes part
      return [{ parent: parent.position, allowed }, ...parent.conditions];
    });
    axes.set(name, { name, position: axes.size, ...valuesOf(parameter), conditions: [...new Set(conditions)] });
  }
}

/** The values of a valid parameter. */
export function valuesOf(parameter: Parameter): Pick<Axis, "parameter" | "lattice" | "outside"> {
  const axis = { parameter, lattice: latticeOf(parameter), outside: undefined };
  const outside = readValue(parameter, parameter.default);
  return exactIndex(axis, outside) === undefined ? { ...axis, outside } : axis;
}

/** The value at an index; `undefined` where the axis takes no part. */
export function valueAt(axis: Axis, index = INACTIVE): Value | undefined {
  if (index >= 0) return axis.lattice.value(index);
  return index === OUTSIDE ? axis.outside : undefined;
}

/** The index of exactly this value; `undefined` when the axis lacks it. */
export function exactIndex(axis: Pick<Axis, "parameter" | "lattice" | "outside">, value: unknown): number | undefined {
  const wanted = readValue(axis.parameter, value);
  if (wanted === undefined) return undefined;
  if (wanted === axis.outside) return OUTSIDE;
  const index = axis.lattice.indexOf(wanted);
  return index !== undefined && axis.lattice.value(index) === wanted ? index : undefined;
}
