import { type Axis, INACTIVE, type Indices, isActive } from "./axis.ts";
import { MutatorError } from "./errors.ts";
import { nonDominated, type Objective, type Result } from "./pareto.ts";
import { random } from "./random.ts";
import type { Proposal, Strategy, StrategyContext } from "./strategy.ts";

/**
 * Distribution index of the polynomial mutation: larger means smaller steps; half of them are below 0.11 of the range.
 * Deb et al. use 20 for tens of thousands of evaluations; with a few hundred, its steps of 0.03 find less than random.
 */
const STEADINESS = 5;

/** Children in a row that were there before, until independent draws go on. */
const MOST_MISSES = 1000;

/** What a generation is bred from. */
export interface EvolveOptions {
  /** What is optimised: the parents are the results that no other one beats in all of it. */
  readonly objectives: readonly Objective[];
  /** Everything that is known so far, failures included. */
  readonly results: readonly Result[];
}

/**
 * A whole generation out of earlier results: children of non-dominated parents, each value changed with probability 1/n
 * and at least one; numbers by polynomial mutation on the scale of their distribution, others to any other value
 * (mutation of NSGA-II; Deb, Pratap, Agarwal & Meyarivan, IEEE Trans. Evol. Comput. 6(2), 2002). Without a parent, and
 * when children only repeat what was there, configurations are drawn as by `random`.
 * @throws MutatorError `BAD_RESULT` for values that are not finite numbers and for an empty list of objectives.
 */
export function evolve({ objectives, results }: EvolveOptions): Strategy {
  const front = nonDominated(results, objectives);
  return {
    name: "evolve",
    *propose(context) {
      const parents = front.flatMap(({ configuration }) => pointIn(context, configuration) ?? []);
      let misses = parents.length > 0 ? 0 : MOST_MISSES;
      while (misses < MOST_MISSES) {
        const parent = parents[Math.floor(context.random() * parents.length)] ?? [];
        const proposal: Proposal = { indices: child(parent, context), phase: "child of a non-dominated parent" };
        const before = context.taken();
        yield proposal;
        misses = context.taken() > before ? 0 : misses + 1;
      }
      yield* random.propose(context);
    },
  };
}

/** A parent that lies outside the space, or lacks one of its values, cannot have children in it. */
function pointIn({ pointOf }: StrategyContext, configuration: Result["configuration"]): readonly [Indices] | undefined {
  try {
    return [pointOf(configuration)];
  } catch (error) {
    if (error instanceof MutatorError && error.code === "BAD_VALUE") return undefined;
    throw error;
  }
}

function child(parent: Indices, { axes, random: uniform }: StrategyContext): readonly number[] {
  const movable = axes.flatMap(({ lattice }, position) => {
    return (parent[position] ?? INACTIVE) !== INACTIVE && lattice.size > 1 ? [position] : [];
  });
  const forced = movable[Math.floor(uniform() * movable.length)];
  const indices: number[] = [];
  for (const [position, axis] of axes.entries()) {
    const index = parent[position] ?? INACTIVE;
    const isMoved = position === forced || (movable.includes(position) && uniform() * movable.length < 1);
    if (!isActive(axis, indices)) indices.push(INACTIVE);
    else if (index === INACTIVE) indices.push(axis.lattice.draw(uniform()));
    else indices.push(isMoved ? moved(axis, index, uniform) : index);
  }
  return indices;
}

/** Another index of an axis with at least two. */
function moved({ parameter, lattice }: Axis, index: number, uniform: () => number): number {
  const { size } = lattice;
  if (parameter.type !== "int" && parameter.type !== "float")
    return (index + 1 + Math.floor(uniform() * (size - 1))) % size;
  const share = lattice.mass(0, index) + lattice.mass(index, index + 1) / 2;
  const spread = polynomialStep(uniform());
  const next = lattice.draw(Math.min(1, Math.max(0, share + spread)));
  if (next !== index) return next;
  const neighbour = spread < 0 ? index - 1 : index + 1;
  return neighbour < 0 ? 1 : neighbour >= size ? size - 2 : neighbour;
}

/** A step from −1 to 1, mostly small: Deb & Agrawal's polynomial mutation. */
function polynomialStep(share: number): number {
  const power = 1 / (STEADINESS + 1);
  const root = (base: number): number => Math.exp(power * Math.log(base)); // bit for bit the same on every V8, unlike **
  return share < 0.5 ? root(2 * share) - 1 : 1 - root(2 * (1 - share));
}
