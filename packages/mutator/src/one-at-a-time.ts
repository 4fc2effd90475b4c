import { type Axis, exactIndex, INACTIVE, type Indices, isActive, pointBy } from "./axis.ts";
import { bindConstraint } from "./bound-constraint.ts";
import { childHash } from "./hash.ts";
import { parseConstraint } from "./parse-constraint.ts";
import { race } from "./race.ts";
import type { Proposal, Strategy, StrategyContext } from "./strategy.ts";

const FIRST_LABEL = 16;

/**
 * The baseline (every parameter at its default) with exactly one value changed: parameters take turns, each drawing new
 * values from its own distribution until it has no more. A parameter without default, or with the default `null`, is
 * left out of the baseline: it is not passed. A parameter that takes no part in the baseline has no turn; one that takes
 * part because of the change stands at its default.
 */
export const oneAtATime: Strategy = {
  name: "one-at-a-time",
  *propose({ space, axes, hash }) {
    const baseline = withDefaults(axes, new Map());
    const constraints = space.constraints.map((text) => bindConstraint(parseConstraint(text), axes));
    const broken = constraints.filter((constraint) => !constraint.holds(baseline));
    let turns = axes.flatMap((axis) => {
      const { position } = axis;
      const reach = reachOf(axes, position);
      const isHopeless = broken.some((constraint) => !constraint.axes.some((one) => reach.has(one)));
      if (isHopeless || !isActive(axis, baseline)) return [];
      const others = race([{ lattice: axis.lattice, conditions: [] }], [], childHash(hash, FIRST_LABEL + position));
      return [{ position, others }];
    });
    while (turns.length > 0) {
      const left: typeof turns = [];
      for (const turn of turns) {
        const index = nextOther(turn.others, baseline[turn.position]);
        if (index === undefined) continue;
        left.push(turn);
        const proposal: Proposal = {
          indices: withDefaults(axes, new Map([[turn.position, index]])),
          phase: "one at a time",
        };
        yield proposal;
      }
      turns = left;
    }
  },
};

/** The axes that a change of one may change: itself, and those whose taking part hangs on it. */
function reachOf(axes: StrategyContext["axes"], start: number): ReadonlySet<number> {
  const reach = new Set([start]);
  for (const [position, { conditions }] of axes.entries()) {
    if (conditions.some(({ parent }) => reach.has(parent))) reach.add(position);
  }
  return reach;
}

/** All parameters at their defaults, but for the changed ones. */
function withDefaults(axes: StrategyContext["axes"], changed: ReadonlyMap<number, number>): Indices {
  return pointBy(axes, (axis) => changed.get(axis.position) ?? defaultIndex(axis));
}

function defaultIndex(axis: Axis): number {
  const value = axis.parameter.value ?? axis.parameter.default ?? null;
  return value === null ? INACTIVE : (exactIndex(axis, value) ?? INACTIVE);
}

function nextOther(indices: Iterator<Indices>, standard: number | undefined): number | undefined {
  for (let next = indices.next(); next.done !== true; next = indices.next()) {
    const index = next.value[0];
    if (index !== standard) return index;
  }
  return undefined;
}
