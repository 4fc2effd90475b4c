import { type Box, INACTIVE, takesPart } from "./axis.ts";
import type { BoundConstraint } from "./bound-constraint.ts";
import type { RaceAxis } from "./race.ts";

/**
 * A box without those ends of its ranges that no constraint leaves anything of; `undefined` when nothing is left. What
 * is cut off holds no configuration, what stays may. A part of a box is never narrowed to more than the box was.
 */
export function narrow(box: Box, axes: readonly RaceAxis[], constraints: readonly BoundConstraint[]): Box | undefined {
  const [from, to] = [[...box.from], [...box.to]];
  const narrowed = { from, to };
  const leaveOut = (): void => {
    for (let position = 0; position < from.length; position++) {
      const axis = axes[position];
      if (axis && takesPart(axis, narrowed) === false) [from[position], to[position]] = [INACTIVE, 0];
    }
  };
  leaveOut();
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
      const first = lastWhere(start, end, (middle) => isDead(start, middle));
      const last = end - lastWhere(0, end - first, (length) => isDead(end - length, end));
      [from[position], to[position]] = [first, last];
    }
  }
  leaveOut(); // a parent may just have been narrowed to one value
  return narrowed;
}

/** The largest number of (from, to) for which a condition holds that, once it fails, keeps failing; `from` if it never does. */
function lastWhere(from: number, to: number, isSo: (number: number) => boolean): number {
  if (to - from < 2 || !isSo(from + 1)) return from;
  let [holds, fails] = [from + 1, to];
  while (fails - holds > 1) {
    const middle = holds + Math.floor((fails - holds) / 2);
    if (isSo(middle)) holds = middle;
    else fails = middle;
  }
  return holds;
}
