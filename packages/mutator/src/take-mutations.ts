import { checkedCount } from "./count.ts";
import { type Mutation, type MutationOptions, mutations } from "./mutations.ts";
import type { Space } from "./space.ts";

/** Mutations that were asked for by number. */
export interface TakenMutations {
  /** As many as asked for, or all there are. */
  readonly mutations: readonly Mutation[];
  /** Whether the space ended before the number was reached. */
  readonly exhausted: boolean;
}

/**
 * The first `count` mutations of a space; a larger count continues the same list.
 * @throws MutatorError `BAD_COUNT` unless `count` is a positive integer, and what `mutations` throws.
 */
export function takeMutations(space: Space, count: number, options: MutationOptions): TakenMutations {
  const wanted = checkedCount("count", count);
  const taken: Mutation[] = [];
  for (const mutation of mutations(space, options)) {
    taken.push(mutation);
    if (taken.length === wanted) break;
  }
  return { mutations: taken, exhausted: taken.length < wanted };
}
