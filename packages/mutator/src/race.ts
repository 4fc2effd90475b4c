import { type Axis, type Box, halvesOf, INACTIVE, isActive, middleOf, type Range, takesPart } from "./axis.ts";
import { type BoundConstraint, unsatisfied } from "./bound-constraint.ts";
import { childHash, exponential, type Hash, uniform } from "./hash.ts";
import { Heap } from "./heap.ts";
import { narrow, type WeighedBox } from "./narrow.ts";

/** Which way a hash goes on: the side of a half, or the next axis. */
const LEFT = 0;
const RIGHT = 1;
const NEXT_AXIS = 3;

/** What a hash is asked for: other labels than the ways, so that no two answers are related. */
const FIRST_ARRIVAL = 2;
const WINNER = 4;
const DELAY = 5; // DELAY + RIGHT belongs to the right half where both may be late

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
  /** 0 for the whole axis, whichever it is. */
  readonly to: number;
}

/** Configurations in a box of the constrained axes, which come first. */
interface BoxRegion extends WeighedBox {
  readonly hash: Hash;
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
  /** Where something arrives later, each with the logarithm of the time. */
  const waiting = new Heap<Region | BoxRegion>();
  let halvingsLeft = MAX_HALVINGS; // in search of one configuration

  /** All configurations; `undefined` when constraints leave nothing. */
  const everything = (): Region | BoxRegion | undefined => {
    const width = 1 + Math.max(-1, ...constraints.flatMap((constraint) => constraint.axes));
    if (width === 0) return { hash: root, indices: [], logMass: 0, from: 0, to: 0 };
    const whole = axes.slice(0, width).map((axis) => [0, axis.lattice.size] as const);
    const narrowed = narrow(whole, axes, constraints);
    return narrowed && { hash: root, ...narrowed };
  };

  /** The one point of the constrained axes that arrives now, with all of the others; the other halves wait. */
  const resolved = (start: BoxRegion, arrival: number): Region | undefined => {
    let region: BoxRegion | undefined = start;
    while (region) {
      const { hash, box, logMass } = region;
      const cut = cutOf(box, axes);
      if (!cut) {
        // narrowing one range after the other may end at a point that it never looked at
        if (constraints.some((constraint) => constraint.verdict(box) === "never")) break;
        const indices = box.map(([index]) => index);
        return { hash: childHash(hash, NEXT_AXIS), indices, logMass, from: 0, to: 0 };
      }
      if (--halvingsLeft < 0) {
        throw unsatisfied("TOO_CONSTRAINED", constraints, `none in ${MAX_HALVINGS} places`);
      }
      const [position, cutRange] = cut;
      const place = uniform(hash, WINNER);
      let share = 0;
      region = undefined;
      for (const [side, range] of halvesOf(cutRange).entries()) {
        const half = narrow(box.with(position, range), axes, constraints);
        if (!half) continue;
        const child: BoxRegion = { hash: childHash(hash, side), ...half };
        share += Math.exp(half.logMass - logMass);
        if (!region && place < share) region = child;
        else waiting.push(child, later(arrival, Math.log(exponential(hash, DELAY + side)) - half.logMass));
      }
    }
    return undefined;
  };

  /** The point of a region that arrives first; the halves it is not in wait. */
  const firstOf = (region: Region, arrival: number): readonly number[] => {
    let { hash, indices, logMass, from, to } = region;
    for (const axis of axes.slice(indices.length)) {
      const { lattice } = axis;
      const isPart = isActive(axis, indices);
      to ||= isPart ? lattice.size : 1;
      while (to - from > 1) {
        const middle = middleOf(from, to);
        const left = lattice.mass(from, middle);
        const right = lattice.mass(middle, to);
        const isLeft = uniform(hash, WINNER) * (left + right) < left;
        const delay = Math.log(exponential(hash, DELAY)) - logMass - Math.log(isLeft ? right : left);
        const [side, start, end] = isLeft ? [LEFT, middle, to] : [RIGHT, from, middle];
        const other = { hash: childHash(hash, RIGHT - side), indices, logMass, from: start, to: end };
        waiting.push(other, later(arrival, delay));
        hash = childHash(hash, side);
        if (isLeft) to = middle;
        else from = middle;
      }
      if (isPart) logMass += Math.log(lattice.mass(from, to));
      indices = [...indices, isPart ? from : INACTIVE];
      hash = childHash(hash, NEXT_AXIS);
      from = to = 0;
    }
    return indices;
  };

  const start = everything();
  if (start) waiting.push(start, Math.log(exponential(root, FIRST_ARRIVAL)) - start.logMass);
  let isEmpty = true;
  for (;;) {
    const arrival = waiting.firstOrder;
    const next = waiting.pop();
    if (!next) break;
    const region = "indices" in next ? next : resolved(next, arrival);
    if (!region) continue;
    halvingsLeft = MAX_HALVINGS;
    isEmpty = false;
    yield firstOf(region, arrival);
  }
  if (isEmpty) throw unsatisfied("UNSATISFIABLE", constraints, "none");
}

/** The most probable range: where all ranges are alike, constraints cut most off a box. */
function cutOf(box: Box, axes: readonly RaceAxis[]): readonly [position: number, range: Range] | undefined {
  let most = 0;
  let cut: ReturnType<typeof cutOf>;
  for (const [position, range] of box.entries()) {
    const axis = axes[position];
    if (!axis || range[1] - range[0] < 2 || !takesPart(axis, box)) continue;
    const mass = axis.lattice.mass(...range);
    if (mass > most) [most, cut] = [mass, [position, range]];
  }
  return cut;
}

/** The logarithm of the time that comes `e^delay` after `e^arrival`, in any magnitude. */
function later(arrival: number, delay: number): number {
  return Math.max(arrival, delay) + Math.log1p(Math.exp(-Math.abs(arrival - delay)));
}
