import { type Box, NOWHERE, takesPart } from "./axis.ts";
import type { BoundConstraint } from "./bound-constraint.ts";
import { longest } from "./longest.ts";
import type { RaceAxis } from "./race.ts";

/** A box and the logarithm of its probability; an axis that may take no part counts as a whole. */
export interface WeighedBox {
  readonly box: Box;
  readonly logMass: number;
}

/**
 * A box without those ends of its ranges that no constraint leaves anything of; `undefined` when nothing is left. What
 * is cut off holds no configuration, what stays may. A part of a box is never narrowed to more than the box was.
 */
export function narrow(
  whole: Box,
  axes: readonly RaceAxis[],
  constraints: readonly BoundConstraint[],
): WeighedBox | undefined {
  const box = [...whole];
  for (const constraint of constraints) {
    const verdict = constraint.verdict(box);
    if (verdict === "never") return undefined;
    if (verdict === "always") continue;
    for (const position of constraint.axes) {
      const [start, end] = box[position] ?? NOWHERE;
      const isDead = (first: number, last: number): boolean => {
        box[position] = [first, last];
        return constraint.verdict(box) === "never";
      };
      const first = start + longest(end - start, (length) => isDead(start, start + length));
      const last = end - longest(end - first, (length) => isDead(end - length, end));
      box[position] = [first, last];
    }
  }
  let logMass = 0;
  for (const [position, range] of box.entries()) {
    const axis = axes[position];
    const part = axis && takesPart(axis, box);
    if (part === false) box[position] = NOWHERE;
    else if (part) logMass += Math.log(axis.lattice.mass(...range));
  }
  return { box, logMass };
}
