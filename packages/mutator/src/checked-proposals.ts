import { type Axis, INACTIVE, OUTSIDE, pointBy } from "./axis.ts";
import { MutatorError } from "./errors.ts";
import { complaint } from "./show.ts";
import type { Proposal, Strategy } from "./strategy.ts";

/**
 * Proposals of anybody's strategy as points of the space: what takes no part has no index.
 * @throws MutatorError `BAD_VALUE` for an index that is none.
 */
export function* checkedProposals(
  proposals: Iterable<Proposal>,
  axes: readonly Axis[],
  { name }: Strategy,
): Generator<Proposal, void> {
  for (const { indices, phase } of proposals) {
    const point = pointBy(axes, (axis, position) => {
      const index = indices[position];
      if (index !== undefined && isIndex(axis, index)) return index;
      const expected = `an index of ${axis.name} from 0 to ${axis.lattice.size - 1}`;
      throw new MutatorError("BAD_VALUE", `Strategy ${name}: ${complaint(expected, index)}`);
    });
    yield { indices: point, phase };
  }
}

function isIndex(axis: Axis, index: number): boolean {
  if (index === OUTSIDE) return axis.outside !== undefined;
  return index === INACTIVE || (Number.isInteger(index) && index >= 0 && index < axis.lattice.size);
}
