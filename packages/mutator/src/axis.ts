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
  let isSure = true;
  for (const { parent, allowed } of conditions) {
    const [first = INACTIVE, end = 0] = [from[parent], to[parent]];
    if (end - first !== 1) isSure = false;
    else if (!allowed.has(first)) return false;
  }
  return isSure || undefined;
}

/**
 * The drawable parameters of a valid space (all but its seeds): parents before their children, constrained ones first,
 * so that dead ends are seen early, then by name (code units). The order in which they were written does not matter.
 */
export function axesOf({ parameters, constraints }: FullSpace): readonly Axis[] {
  const constrained = new Set(constraints.flatMap((text) => parseConstraint(text).terms.map(({ name }) => name)));
  for (const name of constrained) {
    for (const parent of Object.keys(parameters[name]?.when ?? {})) constrained.add(parent); // its own turn will come
  }
  const rank = (name: string): string => `${constrained.has(name) ? 0 : 1}${name}`;
  const waiting = Object.entries(parameters)
    .filter(([name, parameter]) => !isSeed(name, parameter))
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));

  const axes: Axis[] = [];
  const positions = new Map<string, number>();
  while (waiting.length > 0) {
    const next = waiting.findIndex(([, { when = {} }]) => Object.keys(when).every((parent) => positions.has(parent)));
    for (const [name, parameter] of waiting.splice(next, 1)) {
      const conditions = Object.entries(parameter.when ?? {}).flatMap(([parentName, wanted]): readonly Condition[] => {
        const parent = positions.get(parentName) ?? -1;
        const axis = axes[parent];
        if (!axis) return [];
        const allowed = new Set(conditionValues(wanted).flatMap((value) => exactIndex(axis, value) ?? []));
        // the parent's own conditions too: where it has one value, that it is given does not say that it takes part
        return [{ parent, allowed }, ...axis.conditions];
      });
      positions.set(name, axes.length);
      axes.push({ name, ...valuesOf(parameter), conditions: [...new Set(conditions)] });
    }
  }
  return axes;
}

/** The values that a condition lists. */
export function conditionValues(wanted: Value | readonly Value[]): readonly Value[] {
  return typeof wanted === "object" ? wanted : [wanted];
}

/** The values of a valid parameter. */
export function valuesOf(parameter: Parameter): Pick<Axis, "parameter" | "lattice" | "outside"> {
  const axis = { parameter, lattice: latticeOf(parameter), outside: undefined };
  const standard = parameter.default ?? undefined;
  if (standard === undefined || exactIndex(axis, standard) !== undefined) return axis;
  return { ...axis, outside: canonicalValue(parameter, standard) };
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
