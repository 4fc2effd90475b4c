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

/** A point, axis by axis: what is chosen where an axis takes part. */
export function pointBy(axes: readonly Axis[], choose: (axis: Axis, position: number) => number): readonly number[] {
  const indices: number[] = [];
  for (const [position, axis] of axes.entries()) {
    indices.push(isActive(axis, indices) ? choose(axis, position) : INACTIVE);
  }
  return indices;
}

/** Whether an axis takes part, given the indices of all axes before it. */
export function isActive(axis: Pick<Axis, "conditions">, indices: Indices): boolean {
  for (const condition of axis.conditions) {
    if (!condition.allowed.has(indices[condition.parent] ?? INACTIVE)) return false;
  }
  return true;
}

/** The points whose index on each axis lies in [from, to): [−1, 0) where an axis takes no part. */
export interface Box {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Whether an axis takes part in all points of a box; `undefined` when that depends on the point. */
export function takesPart(axis: Pick<Axis, "conditions">, box: Box): boolean | undefined {
  let answer: true | undefined = true;
  for (const { parent, allowed } of axis.conditions) {
    const [from = INACTIVE, to = 0] = [box.from[parent], box.to[parent]];
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

  const axes = new Map<string, Axis & { readonly position: number }>();
  for (;;) {
    const next = drawable.find(
      ([name, { when = {} }]) => !axes.has(name) && Object.keys(when).every((parent) => axes.has(parent)),
    );
    if (!next) return [...axes.values()];
    const [name, parameter] = next;
    const conditions = Object.entries(parameter.when ?? {}).flatMap(([parentName, wanted]): readonly Condition[] => {
      const parent = axes.get(parentName);
      if (!parent) return [];
      const allowed = new Set(conditionValues(wanted).flatMap((value) => exactIndex(parent, value) ?? []));
      // the parent's own conditions too: where it has one value, that it is given does not say that it takes part
      return [{ parent: parent.position, allowed }, ...parent.conditions];
    });
    axes.set(name, { position: axes.size, name, ...valuesOf(parameter), conditions: [...new Set(conditions)] });
  }
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
export function valueAt(axis: Axis, index = INACTIVE): Value | undefined {
  if (index >= 0) return axis.lattice.value(index);
  return index === OUTSIDE ? axis.outside : undefined;
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
