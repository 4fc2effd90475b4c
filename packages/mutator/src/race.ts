import { type Axis, type Box, INACTIVE, isActive, takesPart } from "./axis.ts";
import { type BoundConstraint, unsatisfied } from "./bound-constraint.ts";
import { childHash, exponential, type Hash, uniform } from "./hash.ts";
import { Heap } from "./heap.ts";
import { narrow, type WeighedBox } from "./narrow.ts";

/** What a hash is asked for, or which way it goes on: one label each, so that no two answers are related. */
const LABEL = { left: 0, right: 1, firstArrival: 2, nextAxis: 3, winner: 4, delay: 5, otherDelay: 6 } as const;

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
  readonly to: number;
}

/** Configurations in a box of the constrained axes, which come first. */
interface BoxRegion {
  readonly hash: Hash;
  readonly box: WeighedBox;
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
  const heap = new Heap<Region | BoxRegion>();
  const start = startOf(axes, constraints, root);
  const bound = start && "box" in start ? start.box.logMass : 0;
  if (start) heap.push(start, Math.log(exponential(root, LABEL.firstArrival)) - bound);
  const effort: Effort = { halvingsLeft: MAX_HALVINGS, constraints };
  let isEmpty = true;
  for (;;) {
    const arrival = heap.firstOrder;
    const next = heap.pop();
    if (next === undefined) break;
    const region = "box" in next ? resolved(next, arrival, axes, effort, heap) : next;
    if (!region) continue;
    effort.halvingsLeft = MAX_HALVINGS;
    isEmpty = false;
    yield firstOf(region, arrival, axes, heap);
  }
  if (isEmpty) throw unsatisfied("UNSATISFIABLE", constraints, "none");
}

/** What a search for one configuration may still cost. */
interface Effort {
  halvingsLeft: number;
  readonly constraints: readonly BoundConstraint[];
}

/** Everything; `undefined` when constraints leave nothing. */
function startOf(
  axes: readonly RaceAxis[],
  constraints: readonly BoundConstraint[],
  hash: Hash,
): Region | BoxRegion | undefined {
  const width = 1 + Math.max(-1, ...constraints.flatMap((constraint) => constraint.axes));
  if (width === 0) return { hash, indices: [], logMass: 0, from: 0, to: axes[0]?.lattice.size ?? 0 };
  const sizes = axes.slice(0, width).map(({ lattice }) => lattice.size);
  const box = narrow({ from: sizes.map(() => 0), to: sizes }, axes, constraints);
  return box && { hash, box };
}

/** The one point of the constrained axes that arrives now, with all of the others; the other halves go to `losers`. */
function resolved(
  { hash: start, box: whole }: BoxRegion,
  arrival: number,
  axes: readonly RaceAxis[],
  effort: Effort,
  losers: Heap<Region | BoxRegion>,
): Region | undefined {
  const { constraints } = effort;
  let [hash, box] = [start, whole];
  for (;;) {
    const position = widest(box, axes);
    const { logMass } = box;
    if (position === undefined) {
      // narrowing one range after the other may end at a point that it never looked at
      if (constraints.some((constraint) => constraint.verdict(box) === "never")) return undefined;
      const next = axes[box.from.length];
      return {
        hash: childHash(hash, LABEL.nextAxis),
        indices: box.from,
        logMass,
        from: 0,
        to: next?.lattice.size ?? 0,
      };
    }
    if (--effort.halvingsLeft < 0) {
      throw unsatisfied("TOO_CONSTRAINED", constraints, `no further one in ${MAX_HALVINGS} places`);
    }
    const [from = 0, to = 0] = [box.from[position], box.to[position]];
    const middle = from + Math.floor((to - from) / 2);
    const left = narrow({ from: box.from, to: box.to.with(position, middle) }, axes, constraints);
    const right = narrow({ from: box.from.with(position, middle), to: box.to }, axes, constraints);
    const shareOf = (half: WeighedBox | undefined): number => (half ? Math.exp(half.logMass - logMass) : 0);
    const leftShare = shareOf(left);
    const place = uniform(hash, LABEL.winner);
    const winner = place < leftShare ? left : place < leftShare + shareOf(right) ? right : undefined;
    for (const [half, label, wait] of [
      [left, LABEL.left, LABEL.delay],
      [right, LABEL.right, LABEL.otherDelay],
    ] as const) {
      if (half === undefined || half === winner) continue;
      const delay = Math.log(exponential(hash, wait)) - half.logMass;
      losers.push({ hash: childHash(hash, label), box: half }, logOfSum(arrival, delay));
    }
    if (winner === undefined) return undefined;
    hash = childHash(hash, winner === left ? LABEL.left : LABEL.right);
    box = winner;
  }
}

/** The point of a region that arrives first; the halves it is not in go to `losers`. */
function firstOf(
  region: Region,
  arrival: number,
  axes: readonly RaceAxis[],
  losers: Heap<Region | BoxRegion>,
): readonly number[] {
  let { hash, indices, logMass, from, to } = region;
  for (let axis = axes[indices.length]; axis !== undefined; axis = axes[indices.length]) {
    if (!isActive(axis, indices)) {
      indices = [...indices, INACTIVE];
    } else {
      const { lattice } = axis;
      while (to - from > 1) {
        const middle = from + Math.floor((to - from) / 2);
        const left = lattice.mass(from, middle);
        const right = lattice.mass(middle, to);
        const isLeft = uniform(hash, LABEL.winner) * (left + right) < left;
        const delay = Math.log(exponential(hash, LABEL.delay)) - logMass - Math.log(isLeft ? right : left);
        const loser = childHash(hash, isLeft ? LABEL.right : LABEL.left);
        const [start, end] = isLeft ? [middle, to] : [from, middle];
        losers.push({ hash: loser, indices, logMass, from: start, to: end }, logOfSum(arrival, delay));
        hash = childHash(hash, isLeft ? LABEL.left : LABEL.right);
        if (isLeft) to = middle;
        else from = middle;
      }
      logMass += Math.log(lattice.mass(from, to));
      indices = [...indices, from];
    }
    hash = childHash(hash, LABEL.nextAxis);
    from = 0;
    to = axes[indices.length]?.lattice.size ?? 0;
  }
  return indices;
}

/** The axis whose range is the most probable one: where all ranges are alike, constraints cut most off a box. */
function widest(box: Box, axes: readonly RaceAxis[]): number | undefined {
  let most = 0;
  let found: number | undefined;
  for (const [position, from] of box.from.entries()) {
    const axis = axes[position];
    const to = box.to[position] ?? 0;
    if (!axis || to - from < 2 || takesPart(axis, box) !== true) continue;
    const mass = axis.lattice.mass(from, to);
    if (mass > most) [most, found] = [mass, position];
  }
  return found;
}

/** ln(e^a + e^b), in any magnitude. */
function logOfSum(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
