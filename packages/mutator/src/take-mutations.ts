import { checkedCount } from "./count.ts";
import { MutatorError, mismatch } from "./errors.ts";
import type { Mutation } from "./mutation.ts";
import { MAX_MUTATION_ATTEMPTS, type MutationOptions, mutations } from "./mutations.ts";
import { random } from "./random.ts";
import type { Space } from "./space.ts";
import { spaceSize } from "./space-size.ts";

/** The longest list that `takeMutations` makes; whoever wants more iterates over `mutations`. */
export const MAX_TAKEN = 10_000_000;

/** Mutations that were asked for by number. */
export interface TakenMutations {
  /** As many as asked for, or fewer. */
  readonly mutations: readonly Mutation[];
  /** Whether there are no more. */
  readonly exhausted: boolean;
  /** Three lines for the user when there are fewer than asked for. */
  readonly warning: string | undefined;
}

/**
 * The first `count` mutations of a space; a larger count continues the same list. What a predicate accepted is kept when
 * it then rejects too many in a row.
 * @throws MutatorError `BAD_COUNT` unless `count` is a positive integer, and of at most `MAX_TAKEN` where the space has
 * more; and what `mutations` throws, except `TOO_MANY_REJECTIONS`.
 */
export function takeMutations(space: Space, count: number, options: MutationOptions): TakenMutations {
  checkedCount("count", count);
  const list = mutations(space, options);
  if (count > MAX_TAKEN && (spaceSize(space) ?? count) > MAX_TAKEN) {
    throw mismatch("BAD_COUNT", `count at most ${MAX_TAKEN}`, String(count));
  }
  const { strategy = random, maxAttempts = MAX_MUTATION_ATTEMPTS } = options;
  const taken: Mutation[] = [];
  let exhausted = true;
  try {
    for (const mutation of list) {
      if (taken.push(mutation) === count) return { mutations: taken, exhausted: false, warning: undefined };
    }
  } catch (error) {
    if (!(error instanceof MutatorError && error.code === "TOO_MANY_REJECTIONS")) throw error;
    exhausted = false;
  }
  const end = `: the space has no more${strategy === random ? "" : ` for strategy ${strategy.name}`}`;
  const warning = `Warning: Could only generate ${taken.length} unique mutations${exhausted ? end : ` after ${maxAttempts} attempts`}
   Requested: ${count}, Generated: ${taken.length}
   Consider widening hyperparameter ranges or reducing --runs`;
  return { mutations: taken, exhausted, warning };
}
