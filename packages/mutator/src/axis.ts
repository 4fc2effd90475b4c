import { canonicalValue } from "./canonical.ts";
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

/** Whether an axis takes part, given the indices of all axes before it. */
export function isActive({ conditions }: Pick<Axis, "conditions">, indices: Indices): boolean {
  for (const { parent, allowed } of conditions) {
    if (!allowed.has(indices[parent] ?? INACTIVE)) return false;
  }
  return true;
}

/** The points whose index on each axis lies in [from, to): [−1, 0) where an axis takes no part. */
export interface Box {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Whether an axis takes part in all points of a box; `undefined` when that depends on the point. */
export function takesPart({ conditions }: Pick<Axis, "conditions">, { from, to }: Box): boolean | undefined {
  for (const { parent, allowed } of conditions) {
    const [first = INACTIVE, end = 0] = [from[parent], to[parent]];
    if (end - first !== 1) return undefined;
    if (!allowed.has(first)) return false;
  }
  return true;
}

/**
 * The drawable parameters of a valid space (all but its seeds): parents before their children, constrained ones first,
 * so that dead ends are seen early, then by name (code units). The order in which they were written does not matter.
 */
export function axesOf({ parameters, constraints }: FullSpace): readonly Axis[] {
  const drawable = new Map(Object.entries(parameters).filter(([name, parameter]) => !isSeed(name, parameter)));
  const parentsOf = (name: string): readonly string[] => Object.keys(drawable.get(name)?.when ?? {});
  const constrained = new Set<string>();
  const constrain = (name: string): void => {
    if (constrained.has(name)) return;
    constrained.add(name);
    for (const parent of parentsOf(name)) constrain(parent);
  };
  for (const text of constraints) for (const { name } of parseConstraint(text).terms) constrain(name);

  const placed = new Map<string, number>();
  const axes: Axis[] = [];
  const rank = (name: string): string => `${constrained.has(name) ? 0 : 1}${name}`;
  const waiting = [...drawable].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
  while (waiting.length > 0) {
    const next = waiting.findIndex(([name]) => parentsOf(name).every((parent) => placed.has(parent)));
    const [entry] = waiting.splice(next, 1); // there is one: a valid space has no cycles
    if (!entry) break;
    const [name, parameter] = entry;
    placed.set(name, axes.length);
    axes.push({ name, ...valuesOf(parameter), conditions: conditionsOf(parameter, axes, placed) });
  }
  return axes;
}

function conditionsOf(
  { when = {} }: Parameter,
  axes: readonly Axis[],
  placed: ReadonlyMap<string, number>,
): readonly Condition[] {
  const all = Object.entries(when).flatMap(([name, wanted]): readonly Condition[] => {
    const parent = placed.get(name);
    const axis = parent === undefined ? undefined : axes[parent];
    if (parent === undefined || !axis) return [];
    const allowed = new Set(conditionValues(wanted).flatMap((value) => exactIndex(axis, value) ?? []));
    // the parent's own conditions too: where it has one value, that it is given does not say that it takes part
    return [{ parent, allowed }, ...axis.conditions];
  });
  return [...new Set(all)];
}

/** The values that a condition lists. */
export function conditionValues(wanted: Value | readonly Value[]): readonly Value[] {
  return typeof wanted === "object" ? wanted : [wanted];
}

/** The values of a valid parameter. */
export function valuesOf(parameter: Parameter): Pick<Axis, "parameter" | "lattice" | "outside"> {
  const lattice = latticeOf(parameter);
  const standard = parameter.default ?? null;
  const value = standard === null ? undefined : canonicalValue(parameter, standard);
  const index = value === undefined ? undefined : lattice.indexOf(value);
  const isInside = index !== undefined && lattice.value(index) === value;
  return { parameter, lattice, outside: isInside ? undefined : value };
}

/** The value at an index; `undefined` where the axis takes no part. */
export function valueAt({ lattice, outside }: Pick<Axis, "lattice" | "outside">, index: number): Value | undefined {
  if (index >= 0) return lattice.value(index);
  return index === OUTSIDE ? outside : undefined;
}

/**
 * The index of exactly this value; `undefined` when the axis lacks it.
 * @throws MutatorError `BAD_VALUE` for a value of the wrong type.
 */
export function exactIndex(axis: Pick<Axis, "parameter" | "lattice" | "outside">, value: unknown): number | undefined {
  const wanted = canonicalValue(axis.parameter, value);
  if (wanted === axis.outside) return OUTSIDE;
  const index = axis.lattice.indexOf(wanted);
  return index !== undefined && axis.lattice.value(index) === wanted ? index : undefined;
}
