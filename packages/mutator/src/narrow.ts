import { type Box, INACTIVE, takesPart } from "./axis.ts";
import type { BoundConstraint } from "./bound-constraint.ts";
import { longest } from "./longest.ts";
import type { RaceAxis } from "./race.ts";

/** A box, and the logarithm of its probability; an axis that may take no part counts as a whole. */
export interface WeighedBox extends Box {
  readonly logMass: number;
}

/**
 * A box without those ends of its ranges that no constraint leaves anything of; `undefined` when nothing is left. What
 * is cut off holds no configuration, what stays may. A part of a box is never narrowed to more than the box was.
 */
export function narrow(
  box: Box,
  axes: readonly RaceAxis[],
  constraints: readonly BoundConstraint[],
): WeighedBox | undefined {
  const [from, to] = [[...box.from], [...box.to]];
  const narrowed = { from, to };
  for (const constraint of constraints) {
    const verdict = constraint.verdict(narrowed);
    if (verdict === "never") return undefined;
    if (verdict === "always") continue;
    for (const position of constraint.axes) {
      const [start = 0, end = 0] = [from[position], to[position]];
      const isDead = (first: number, last: number): boolean => {
        [from[position], to[position]] = [first, last];
        return constraint.verdict(narrowed) === "never";
      };
      const first = start + longest(end - start, (length) => isDead(start, start + length));
      const last = end - longest(end - first, (length) => isDead(end - length, end));
      [from[position], to[position]] = [first, last];
    }
  }
  let logMass = 0;
  for (const position of from.keys()) {
    const axis = axes[position];
    const part = axis && takesPart(axis, narrowed);
    if (part === false) [from[position], to[position]] = [INACTIVE, 0];
    else if (part) logMass += Math.log(axis.lattice.mass(from[position] ?? 0, to[position] ?? 0));
  }
  return { from, to, logMass };
}
