import { childHash, exponential, type Hash, uniform } from "./hash.ts";
import { Heap } from "./heap.ts";
import type { Lattice } from "./lattice.ts";

/** What a hash is asked for, or which way it goes on: one label each, so that no two answers are related. */
const LABEL = { left: 0, right: 1, firstArrival: 2, nextAxis: 3, winner: 4, delay: 5 } as const;

/** Configurations that agree on the first axes and lie in [from, to) of the next one. */
interface Region {
  /** Logarithm of the earliest arrival in the region: the products of wide spaces leave the range of doubles. */
  readonly order: number;
  readonly hash: Hash;
  readonly indices: readonly number[];
  /** Logarithm of the probability of `indices`. */
  readonly logMass: number;
  readonly from: number;
  readonly to: number;
}

/**
 * All points of a product of lattices, as indices, in the order of a lazy exponential race: exact weighted sampling
 * without replacement (the Plackett–Luce law).
 *
 * Each point arrives at a time ~ Exp(its probability); sorting by arrival is the sampling (Efraimidis & Spirakis,
 * Inf. Process. Lett. 97(5), 2006). No point is listed: the earliest arrival in a region of mass m is Exp(m), and when a
 * region is halved, one half keeps the arrival (with its share of the mass) and the other's earliest comes later
 * by Exp(its mass), since waiting has no memory (Kool, van Hoof & Welling, Ancestral Gumbel-Top-k, JMLR 21(47), 2020).
 * Randomness hangs on the region, not on the order of visits, so skipping points leaves the others in their order.
 */
export function* race(lattices: readonly Lattice[], root: Hash): Generator<readonly number[], void> {
  const heap = new Heap<Region>();
  const order = Math.log(exponential(root, LABEL.firstArrival));
  heap.push({ order, hash: root, indices: [], logMass: 0, from: 0, to: lattices[0]?.size ?? 0 });
  for (let region = heap.pop(); region !== undefined; region = heap.pop()) yield firstOf(region, lattices, heap);
}

/** The point of a region that arrives first; the halves it is not in go to `losers`. */
function firstOf(region: Region, lattices: readonly Lattice[], losers: Heap<Region>): readonly number[] {
  let { hash, indices, logMass, from, to } = region;
  for (let lattice = lattices[indices.length]; lattice !== undefined; lattice = lattices[indices.length]) {
    while (to - from > 1) {
      const middle = from + Math.floor((to - from) / 2);
      const left = lattice.mass(from, middle);
      const right = lattice.mass(middle, to);
      const isLeft = uniform(hash, LABEL.winner) * (left + right) < left;
      const delay = Math.log(exponential(hash, LABEL.delay)) - logMass - Math.log(isLeft ? right : left);
      const order = logOfSum(region.order, delay);
      if (isLeft) {
        losers.push({ order, hash: childHash(hash, LABEL.right), indices, logMass, from: middle, to });
        hash = childHash(hash, LABEL.left);
        to = middle;
      } else {
        losers.push({ order, hash: childHash(hash, LABEL.left), indices, logMass, from, to: middle });
        hash = childHash(hash, LABEL.right);
        from = middle;
      }
    }
    logMass += Math.log(lattice.mass(from, to));
    indices = [...indices, from];
    hash = childHash(hash, LABEL.nextAxis);
    from = 0;
    to = lattices[indices.length]?.size ?? 0;
  }
  return indices;
}

/** ln(e^a + e^b), in any magnitude. */
function logOfSum(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
