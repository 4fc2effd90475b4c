import { type Axis, type Box, INACTIVE, isActive, takesPart } from "./axis.ts";
import { type BoundConstraint, unsatisfied } from "./bound-constraint.ts";
import { childHash, exponential, type Hash, uniform } from "./hash.ts";
import { Heap } from "./heap.ts";
import { narrow, type WeighedBox } from "./narrow.ts";

/** Which way a hash goes on: the side of a half, or the next axis. */
const [LEFT, RIGHT, NEXT_AXIS] = [0, 1, 3];

/** What a hash is asked for: other labels than the ways, so that no two answers are related. */
const [FIRST_ARRIVAL, WINNER, DELAY] = [2, 4, 5]; // DELAY + RIGHT belongs to the right half where both may be late

/** How many boxes may be halved in search of one configuration before the search is given up. */
const MAX_HALVINGS = 300_000;

/** What the race has to know of an axis. */
export type RaceAxis = Pick<Axis, "lattice" | "conditions">;

/** Configurations that agree on the first axes and lie in [from, to) of the next one. */
interface Region {
  readonly hash: Hash;
  readonly indices: readonly number[];
  /** Logarithm of the probability of `indices`: the products of wide spaces leave the range of doubles. */
  readonly logMass: number;
  readonly from: number;
  /** `undefined` for the whole axis, whichever it is. */
  readonly to: number | undefined;
}

/** Configurations in a box of the constrained axes, which come first. */
interface BoxRegion {
  readonly hash: Hash;
  readonly box: WeighedBox;
}

/** What a race runs on. */
interface Course {
  readonly axes: readonly RaceAxis[];
  readonly constraints: readonly BoundConstraint[];
  /** Where something arrives later, each with the logarithm of the time. */
  readonly waiting: Heap<Region | BoxRegion>;
  /** What the search for one configuration may still cost. */
  halvingsLeft: number;
}

/**
 * All points of a space, as indices, in the order of a lazy exponential race: exact weighted sampling without
 * replacement (the Plackett–Luce law).
 *
 * Each point arrives at a time ~ Exp(its probability); sorting by arrival is the sampling (Efraimidis & Spirakis,
 * Inf. Process. Lett. 97(5), 2006). No point is listed: the earliest arrival in a region of mass m is Exp(m), and when a
 * region is halved, one half keeps the arrival (with its share of the mass) and the other's earliest comes later
 * by Exp(its mass), since waiting has no memory (Kool, van Hoof & Welling, Ancestral Gumbel-Top-k, JMLR 21(47), 2020).
 * Randomness hangs on the region, not on the order of visits, so skipping points leaves the others in their order.
 *
 * Constraints: how much of a box they leave is not known, only a bound, the mass of the narrowed box. Arrivals at the
 * rate of a bound are thinned (Lewis & Shedler, Nav. Res. Logist. Q. 26(3), 1979): one that falls on neither half's own
 * bound never was, and both halves' arrivals come later. A single point's bound is its probability, so the law is exact.
 * @throws MutatorError `UNSATISFIABLE` when constraints leave nothing, `TOO_CONSTRAINED` after `MAX_HALVINGS` of boxes
 * without a configuration.
 */
export function* race(
  axes: readonly RaceAxis[],
  constraints: readonly BoundConstraint[],
  root: Hash,
): Generator<readonly number[], void> {
  const waiting = new Heap<Region | BoxRegion>();
  const course: Course = { axes, constraints, waiting, halvingsLeft: MAX_HALVINGS };
  const start = everything(course, root);
  const bound = start && "box" in start ? start.box.logMass : 0;
  if (start) waiting.push(start, Math.log(exponential(root, FIRST_ARRIVAL)) - bound);
  let isEmpty = true;
  for (;;) {
    const arrival = waiting.firstOrder;
    const next = waiting.pop();
    if (!next) break;
    const region = "indices" in next ? next : resolved(next, arrival, course);
    if (!region) continue;
    course.halvingsLeft = MAX_HALVINGS;
    isEmpty = false;
    yield firstOf(region, arrival, course);
  }
  if (isEmpty) throw unsatisfied("UNSATISFIABLE", constraints, "none");
}

/** All configurations; `undefined` when constraints leave nothing. */
function everything({ axes, constraints }: Course, hash: Hash): Region | BoxRegion | undefined {
  const width = 1 + Math.max(-1, ...constraints.flatMap((constraint) => constraint.axes));
  if (width === 0) return { hash, indices: [], logMass: 0, from: 0, to: undefined };
  const to = axes.slice(0, width).map((axis) => axis.lattice.size);
  const box = narrow({ from: to.map(() => 0), to }, axes, constraints);
  return box && { hash, box };
}

/** The one point of the constrained axes that arrives now, with all of the others; the other halves wait. */
function resolved(start: BoxRegion, arrival: number, course: Course): Region | undefined {
  const { axes, constraints, waiting } = course;
  let region = start;
  for (;;) {
    const { hash, box } = region;
    const { from, to, logMass } = box;
    const cut = cutOf(box, axes);
    if (!cut) {
      // narrowing one range after the other may end at a point that it never looked at
      if (constraints.some((constraint) => constraint.verdict(box) === "never")) return undefined;
      return { hash: childHash(hash, NEXT_AXIS), indices: from, logMass, from: 0, to: undefined };
    }
    if (--course.halvingsLeft < 0) {
      throw unsatisfied("TOO_CONSTRAINED", constraints, `no further one in ${MAX_HALVINGS} places`);
    }
    const [position, middle] = cut;
    const halves = [
      narrow({ from, to: to.with(position, middle) }, axes, constraints),
      narrow({ from: from.with(position, middle), to }, axes, constraints),
    ];
    const place = uniform(hash, WINNER);
    let share = 0;
    let winner: BoxRegion | undefined;
    for (const [side, half] of halves.entries()) {
      if (!half) continue;
      const child = { hash: childHash(hash, side), box: half };
      share += Math.exp(half.logMass - logMass);
      if (!winner && place < share) winner = child;
      else waiting.push(child, later(arrival, Math.log(exponential(hash, DELAY + side)) - half.logMass));
    }
    if (!winner) return undefined;
    region = winner;
  }
}

/** The point of a region that arrives first; the halves it is not in wait. */
function firstOf(region: Region, arrival: number, { axes, waiting }: Course): readonly number[] {
  let { hash, indices, logMass, from, to } = region;
  for (const axis of axes.slice(indices.length)) {
    const { lattice } = axis;
    const isPart = isActive(axis, indices);
    to ??= isPart ? lattice.size : 1;
    while (to - from > 1) {
      const middle = middleOf(from, to);
      const left = lattice.mass(from, middle);
      const right = lattice.mass(middle, to);
      const isLeft = uniform(hash, WINNER) * (left + right) < left;
      const delay = Math.log(exponential(hash, DELAY)) - logMass - Math.log(isLeft ? right : left);
      const other = childHash(hash, isLeft ? RIGHT : LEFT);
      const [start, end] = isLeft ? [middle, to] : [from, middle];
      waiting.push({ hash: other, indices, logMass, from: start, to: end }, later(arrival, delay));
      hash = childHash(hash, isLeft ? LEFT : RIGHT);
      [from, to] = isLeft ? [from, middle] : [middle, to];
    }
    if (isPart) logMass += Math.log(lattice.mass(from, to));
    indices = [...indices, isPart ? from : INACTIVE];
    hash = childHash(hash, NEXT_AXIS);
    from = 0;
    to = undefined;
  }
  return indices;
}

/** The middle of the most probable range: where all ranges are alike, constraints cut most off a box. */
function cutOf(box: Box, axes: readonly RaceAxis[]): readonly [position: number, middle: number] | undefined {
  let most = 0;
  let cut: readonly [number, number] | undefined;
  for (const [position, from] of box.from.entries()) {
    const axis = axes[position];
    const to = box.to[position] ?? 0;
    if (!axis || to - from < 2 || !takesPart(axis, box)) continue;
    const mass = axis.lattice.mass(from, to);
    if (mass > most) [most, cut] = [mass, [position, middleOf(from, to)]];
  }
  return cut;
}

/** Where a range of at least two is halved. */
function middleOf(from: number, to: number): number {
  return from + Math.floor((to - from) / 2);
}

/** The logarithm of the time that comes `e^delay` after `e^arrival`, in any magnitude. */
function later(arrival: number, delay: number): number {
  return Math.max(arrival, delay) + Math.log1p(Math.exp(-Math.abs(arrival - delay)));
}
