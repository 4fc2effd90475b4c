import { accepted, type Predicate } from "./accepted.ts";
import { unsatisfied } from "./bound-constraint.ts";
import { checkedProposals } from "./checked-proposals.ts";
import { checkedCount } from "./count.ts";
import { mismatch } from "./errors.ts";
import { canonicalConfiguration, parseKey, type WrittenConfiguration } from "./key.ts";
import { DrawnMutation, type Mutation } from "./mutation.ts";
import { PointSet } from "./point-set.ts";
import { configurationAt, exactPoint, prepareSpace } from "./prepared-space.ts";
import { random } from "./random.ts";
import { seedText } from "./seeds.ts";
import type { Space } from "./space.ts";
import { countConfigurations } from "./space-size.ts";
import type { Strategy } from "./strategy.ts";
import { strategyContext } from "./strategy-context.ts";

/** How mutations are drawn. */
export interface MutationOptions {
  /** Source of all randomness; 42 and "42" are the same. */
  readonly seed: string | number;
  /** How configurations are chosen. @default random */
  readonly strategy?: Strategy | undefined;
  /**
   * Configurations that are skipped, such as the baseline and earlier runs, as keys or as plain values: the others keep
   * their order. One that lacks a value or has one that cannot be drawn excludes nothing.
   */
  readonly exclude?: Iterable<string | WrittenConfiguration> | undefined;
  /** Which configurations are acceptable; the others are skipped and keep their order as well. */
  readonly predicate?: Predicate | undefined;
  /** How many configurations the predicate may reject in a row. @default 1000 */
  readonly maxAttempts?: number | undefined;
}

/** How many configurations a predicate may reject in a row unless `maxAttempts` says otherwise. */
export const MAX_MUTATION_ATTEMPTS = 1000;

/** How many regions such a count looks at. */
const MOST_REGIONS_FIRST = 100_000;

/** How often in a row a strategy may propose what cannot be taken, beside once per configuration that was. */
const MAX_REPEATS = 1_000_000;

/**
 * Distinct configurations of a space, lazily, until the strategy has no more; `random` ends with the space.
 * The same seed and space give the same sequence, in whatever order the parameters stand, and a longer run begins with
 * the shorter one.
 * @throws ZodError for a space that is none; MutatorError `BAD_SEED`, `BAD_COUNT` for `maxAttempts`, `BAD_VALUE`,
 * `BAD_KEY` and `UNKNOWN_PARAMETER` for `exclude`, and, while iterating, `TOO_MANY_REJECTIONS` when the predicate rejects
 * `maxAttempts` in a row, `BAD_PREDICATE` when it throws or answers neither true nor false, `UNSATISFIABLE` and `TOO_CONSTRAINED`, and
 * `STUCK` when a strategy repeats itself for ever.
 */
export function mutations(space: Space, options: MutationOptions): Generator<Mutation, void> {
  const { seed, strategy = random, exclude = [], predicate, maxAttempts = MAX_MUTATION_ATTEMPTS } = options;
  const text = seedText(seed);
  checkedCount("maxAttempts", maxAttempts);
  const prepared = prepareSpace(space);
  const { axes, constraints } = prepared;
  if (constraints.length > 0 && countConfigurations(prepared, MOST_REGIONS_FIRST) === 0n) {
    throw unsatisfied("UNSATISFIABLE", constraints, "none"); // what this quick count cannot say, the race will
  }
  const excluded = new PointSet(axes.length);
  for (const one of exclude) {
    const { space: full } = prepared;
    const configuration = typeof one === "string" ? parseKey(full, one) : canonicalConfiguration(full, one);
    const point = exactPoint(prepared, configuration);
    if (point) excluded.add(point);
  }
  const points = new PointSet(axes.length);
  const proposed = strategy.propose(strategyContext(prepared, text, () => points.size));
  const proposals = strategy === random ? proposed : checkedProposals(proposed, axes);

  /** The uniqueness layer: every strategy goes through it. */
  function* distinct(): Generator<Mutation, void> {
    let repeats = 0;
    for (const { indices, phase } of proposals) {
      if (constraints.every((constraint) => constraint.holds(indices)) && points.add(indices)) {
        repeats = 0;
        if (excluded.size > 0 && excluded.has(indices)) continue;
        yield new DrawnMutation(prepared, phase, configurationAt(prepared, indices));
      } else if (++repeats > MAX_REPEATS + points.size) {
        throw mismatch("STUCK", `something new from strategy ${strategy.name}`, `${repeats} repeats in a row`);
      }
    }
  }
  return predicate ? accepted(distinct(), predicate, maxAttempts) : distinct();
}
