import { type Axis, INACTIVE, takesPart } from "./axis.ts";
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

/** How many points satisfy all constraints; `undefined` when that cannot be said after looking at `mostRegions`. */
export function countConfigurations(prepared: PreparedSpace, mostRegions: number): bigint | undefined {
  const all = [...prepared.axes.keys()];
  const counts = componentsOf(prepared.axes, all, prepared.constraints).map((positions) =>
    countComponent(prepared, positions, mostRegions),
  );
  if (counts.includes(0n)) return 0n;
  return counts.reduce((size, count) => (size === undefined || count === undefined ? undefined : size * count), 1n);
}

/** Groups of axes that conditions or constraints tie together; the number of their points is the product of theirs. */
function componentsOf(
  axes: readonly Axis[],
  positions: readonly number[],
  constraints: readonly BoundConstraint[],
): readonly (readonly number[])[] {
  if (positions.length < 2) return positions.length === 0 ? [] : [positions];
  const owners = new Map(positions.map((position) => [position, position]));
  const tie = (tied: readonly number[]): void => {
    const groups = tied.flatMap((position) => owners.get(position) ?? []);
    const [first] = groups;
    if (first === undefined || groups.every((group) => group === first)) return;
    for (const [position, owner] of owners) if (groups.includes(owner)) owners.set(position, first);
  };
  for (const position of positions) tie([position, ...(axes[position]?.conditions ?? []).map(({ parent }) => parent)]);
  for (const constraint of constraints) tie(constraint.axes);
  const members = new Map<number, number[]>();
  for (const [position, owner] of owners) members.set(owner, [...(members.get(owner) ?? []), position]);
  return [...members.values()];
}

function countComponent(
  { axes, constraints }: PreparedSpace,
  component: readonly number[],
  mostRegions: number,
): bigint | undefined {
  const box = { from: axes.map(() => 0), to: axes.map(({ lattice }) => lattice.size) };
  let regionsLeft = mostRegions;

  /** Points of some axes, all others that matter to them given in `box`; `open` constraints are not decided yet. */
  const count = (positions: readonly number[], open: readonly BoundConstraint[]): bigint => {
    let size = 1n;
    for (const tied of componentsOf(axes, positions, open)) {
      if (size > 0n)
        size *= countTied(
          tied,
          open.filter(({ axes: concerned }) => tied.some((one) => concerned.includes(one))),
        );
    }
    return size;
  };

  const countTied = ([position = 0, ...others]: readonly number[], open: readonly BoundConstraint[]): bigint => {
    const axis = axes[position];
    if (!axis) return 1n;
    const { size } = axis.lattice;
    const isConcerned = (constraint: BoundConstraint): boolean => constraint.axes.includes(position);
    const setRange = (from: number, to: number): void => {
      box.from[position] = from;
      box.to[position] = to;
    };
    const children = axes.flatMap(({ conditions }) => conditions.filter(({ parent }) => parent === position));
    const within = (from: number, to: number, undecided: readonly BoundConstraint[]): bigint => {
      if (--regionsLeft < 0) return 0n;
      setRange(from, to);
      const left: BoundConstraint[] = [];
      for (const constraint of undecided) {
        const verdict = isConcerned(constraint) ? constraint.verdict(box) : "sometimes";
        if (verdict === "never") return 0n;
        if (verdict === "sometimes") left.push(constraint);
      }
      const isWhole = !left.some(isConcerned) && children.every(({ allowed }) => isUniform(allowed, from, to));
      if (isWhole || to - from === 1) {
        setRange(from, from + 1); // stands for all of them
        return BigInt(to - from) * count(others, left);
      }
      const middle = from + Math.floor((to - from) / 2);
      return within(from, middle, left) + within(middle, to, left);
    };
    const isOut = takesPart(axis, box) === false;
    if (isOut) setRange(INACTIVE, 0);
    const counted = isOut
      ? count(
          others,
          open.filter((one) => !isConcerned(one)),
        )
      : within(0, size, open);
    setRange(0, size);
    return counted;
  };

  const size = count(
    component,
    constraints.filter(({ axes: [first = -1] }) => component.includes(first)),
  );
  return regionsLeft < 0 ? undefined : size;
}

/** Whether all indices of [from, to) are allowed, or none is. */
function isUniform(allowed: ReadonlySet<number>, from: number, to: number): boolean {
  let inside = 0;
  for (const index of allowed) if (index >= from && index < to) inside += 1;
  return inside === 0 || inside === to - from;
}
