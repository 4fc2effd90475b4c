import { INACTIVE, isActive } from "./axis.ts";
import { sobolPoints } from "./sobol-points.ts";
import type { Proposal, Strategy } from "./strategy.ts";

/** Points in a row that fall on configurations that were there before, until the rest of the space is drawn by a race. */
const MOST_MISSES = 1000;

/**
 * Evenly spread configurations: an Owen-scrambled Sobol sequence, each coordinate taken through the inverse of its
 * parameter's distribution to the nearest value. For up to 50 drawable parameters. Where the values are so few that the
 * sequence only repeats itself, a race over what is left follows.
 * @throws MutatorError `TOO_MANY_DIMENSIONS`.
 */
export const sobol: Strategy = {
  name: "sobol",
  *propose({ axes, hash, taken, race }) {
    const indices = new Float64Array(axes.length);
    const proposal: Proposal = { indices, phase: "sobol" };
    let misses = 0;
    for (const shares of axes.length > 0 ? sobolPoints(axes.length, hash) : []) {
      for (const axis of axes) {
        indices[axis.position] = isActive(axis, indices) ? axis.lattice.draw(shares[axis.position] ?? 0) : INACTIVE;
      }
      const before = taken();
      yield proposal;
      misses = taken() > before ? 0 : misses + 1;
      if (misses > MOST_MISSES) break;
    }
    yield* race();
  },
};
