import { INACTIVE, isActive } from "./axis.ts";
import type { Proposal, Strategy } from "./strategy.ts";

/** Wasted draws that are always allowed, beside one per configuration that was found. */
const ALLOWANCE = 16;

/**
 * Exact weighted sampling without replacement, in two phases. First independent draws whose repeats are dropped: the
 * order of first appearances has the law of successive sampling (Plackett–Luce), and costs nothing while the space is
 * wide. When more draws were wasted than used, which depends on the draws alone and never on how many are asked for,
 * the race over the whole space follows, whose order among what is left has the same law, and which ends with the space.
 */
export const random: Strategy = {
  name: "random",
  *propose({ axes, random: uniform, taken, race }) {
    const indices = new Float64Array(axes.length);
    const proposal: Proposal = { indices, phase: "independent draws" };
    for (let draws = 0; draws <= ALLOWANCE + 2 * taken(); draws++) {
      let position = 0;
      for (const axis of axes) {
        indices[position++] = isActive(axis, indices) ? axis.lattice.draw(uniform()) : INACTIVE;
      }
      yield proposal;
    }
    yield* race();
  },
};
