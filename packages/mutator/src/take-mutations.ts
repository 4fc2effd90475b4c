import { checkedCount } from "./count.ts";
import { MutatorError } from "./errors.ts";
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
  const wanted = checkedCount("count", count);
  const list = mutations(space, options);
  if (wanted > MAX_TAKEN && (spaceSize(space) ?? wanted) > MAX_TAKEN) {
    throw new MutatorError("BAD_COUNT", `Expected count to be at most ${MAX_TAKEN} (iterate for more), found ${count}`);
  }
  const taken: Mutation[] = [];
  const attempts = collect(list, wanted, taken) ? undefined : (options.maxAttempts ?? MAX_MUTATION_ATTEMPTS);
  const isShort = taken.length < wanted;
  return {
    mutations: taken,
    exhausted: isShort && attempts === undefined,
    warning: isShort ? shortfall(wanted, taken.length, reason(options, attempts)) : undefined,
  };
}

/** Whether the list could be followed to its end or to the wanted number. */
function collect(list: Iterable<Mutation>, wanted: number, taken: Mutation[]): boolean {
  try {
    for (const mutation of list) if (taken.push(mutation) === wanted) break;
    return true;
  } catch (error) {
    if (error instanceof MutatorError && error.code === "TOO_MANY_REJECTIONS") return false;
    throw error;
  }
}

function reason({ strategy = random }: MutationOptions, attempts: number | undefined): string {
  if (attempts !== undefined) return ` after ${attempts} attempts`;
  return strategy === random ? ": the space has no more" : `: the space has no more for strategy ${strategy.name}`;
}

function shortfall(wanted: number, found: number, why: string): string {
  return [
    `Warning: Could only generate ${found} unique mutations${why}`,
    `   Requested: ${wanted}, Generated: ${found}`,
    "   Consider widening hyperparameter ranges or reducing --runs",
  ].join("\n");
}
