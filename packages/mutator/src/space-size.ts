import { type Axis, halvesOf, NOWHERE, type Range, takesPart } from "./axis.ts";
import type { BoundConstraint } from "./bound-constraint.ts";
import { type PreparedSpace, prepareSpace } from "./prepared-space.ts";
import type { Space } from "./space.ts";

/** How many regions are looked at before counting is given up: well under a second. */
const MOST_REGIONS = 1_000_000;

/**
 * How many configurations a space has, exactly; seeds do not count, and a space without other parameters has one.
 * `undefined` when constraints cut it so finely that counting would take too long.
 * @throws ZodError for a space that is none.
 */
export function spaceSize(space: Space): bigint | undefined {
  return countConfigurations(prepareSpace(space), MOST_REGIONS);
}

/**
 * How many points satisfy all constraints; `undefined` when that cannot be said after looking at `mostRegions` of axes
 * that belong together.
 */
export function countConfigurations(
  { axes, constraints }: Pick<PreparedSpace, "axes" | "constraints">,
  mostRegions: number,
): bigint | undefined {
  const box = axes.map((axis): Range => [0, axis.lattice.size]);
  let regionsLeft = mostRegions;

  /** Points of some axes, all others that matter to them given in the box; `open` constraints are not decided yet. */
  const count = (positions: readonly number[], open: readonly BoundConstraint[]): bigint =>
    componentsOf(axes, positions, open).reduce((size, tied) => size && size * countTied(tied, open), 1n);

  const countTied = ([position = 0, ...others]: readonly number[], open: readonly BoundConstraint[]): bigint => {
    const conditions = axes.flatMap((axis) => axis.conditions.filter((condition) => condition.parent === position));
    const within = (range: Range, undecided: readonly BoundConstraint[]): bigint => {
      const [first, last] = range;
      if (--regionsLeft < 0) return 0n;
      box[position] = range;
      const left: BoundConstraint[] = [];
      let isWhole = conditions.every(({ allowed }) => {
        const inside = [...allowed].filter((index) => index >= first && index < last).length;
        return inside === 0 || inside === last - first;
      });
      for (const constraint of undecided) {
        const isConcerned = constraint.axes.includes(position);
        const verdict = isConcerned ? constraint.verdict(box) : "sometimes";
        if (verdict === "never") return 0n;
        if (verdict === "always") continue;
        left.push(constraint);
        isWhole &&= !isConcerned;
      }
      if (isWhole || last - first === 1) {
        box[position] = [first, first + 1]; // stands for all of them
        return BigInt(last - first) * count(others, left);
      }
      return halvesOf(range).reduce((size, half) => size + within(half, left), 0n);
    };
    const axis = axes[position];
    const whole = box[position] ?? NOWHERE;
    const counted = within(axis && takesPart(axis, box) === false ? NOWHERE : whole, open);
    box[position] = whole;
    return counted;
  };

  let size: bigint | undefined = 1n;
  for (const component of componentsOf(axes, [...axes.keys()], constraints)) {
    regionsLeft = mostRegions;
    const counted = countTied(component, constraints);
    if (regionsLeft < 0) size = undefined;
    else if (counted === 0n) return 0n;
    else if (size !== undefined) size *= counted;
  }
  return size;
}

/** Groups of axes that conditions or constraints tie together; the number of their points is the product of theirs. */
function componentsOf(
  axes: readonly Axis[],
  positions: readonly number[],
  constraints: readonly BoundConstraint[],
): readonly (readonly number[])[] {
  let groups = positions.map((position) => [position]);
  const families = positions.map((position) => [
    position,
    ...(axes[position]?.conditions ?? []).map((one) => one.parent),
  ]);
  for (const tied of [...families, ...constraints.map((constraint) => constraint.axes)]) {
    const isTied = (group: readonly number[]): boolean => group.some((position) => tied.includes(position));
    const joined = groups.filter(isTied).flat();
    const apart = groups.filter((group) => !isTied(group));
    groups = joined.length > 0 ? [joined.sort((a, b) => a - b), ...apart] : apart;
  }
  return groups;
}
