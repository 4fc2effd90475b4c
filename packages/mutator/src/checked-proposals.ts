import { type Axis, INACTIVE, isActive, OUTSIDE } from "./axis.ts";
import { MutatorError } from "./errors.ts";
import { show } from "./show.ts";
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
    const point: number[] = [];
    for (const [position, axis] of axes.entries()) {
      const index = isActive(axis, point) ? indices[position] : INACTIVE;
      if (index === undefined || !isIndex(axis, index)) {
        const expected = `an index of ${axis.name} from 0 to ${axis.lattice.size - 1}`;
        throw new MutatorError("BAD_VALUE", `Strategy ${name}: expected ${expected}, found ${show(index)}`);
      }
      point.push(index);
    }
    yield { indices: point, phase };
  }
}

function isIndex({ lattice, outside }: Axis, index: number): boolean {
  if (index === OUTSIDE) return outside !== undefined;
  return index === INACTIVE || (Number.isInteger(index) && index >= 0 && index < lattice.size);
}
