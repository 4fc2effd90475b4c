import { type Axis, INACTIVE, OUTSIDE, pointBy } from "./axis.ts";
import { mismatch } from "./errors.ts";
import { show } from "./show.ts";
import type { Proposal } from "./strategy.ts";

/**
 * Proposals of anybody's strategy as points of the space: what takes no part has no index.
 * @throws MutatorError `BAD_VALUE` for an index that is none.
 */
export function* checkedProposals(proposals: Iterable<Proposal>, axes: readonly Axis[]): Generator<Proposal, void> {
  for (const { indices, phase } of proposals) {
    const point = pointBy(axes, (axis) => {
      const index = indices[axis.position];
      const least = axis.outside === undefined ? INACTIVE : OUTSIDE;
      if (index !== undefined && Number.isInteger(index) && index >= least && index < axis.lattice.size) return index;
      const expected = `an index from 0 to ${axis.lattice.size - 1}`;
      throw mismatch("BAD_VALUE", `${expected} for parameter ${show(axis.name)}`, show(index));
    });
    yield { indices: point, phase };
  }
}
