import { evolve } from "./evolve.ts";
import { canonicalConfiguration } from "./key.ts";
import type { Mutation } from "./mutation.ts";
import { nonDominated, type Objective, type Result } from "./pareto.ts";
import { seedText } from "./seeds.ts";
import { Space } from "./space.ts";
import { takeMutations } from "./take-mutations.ts";

/** How a search goes on. */
export interface EvolutionOptions {
  /** Source of all randomness. */
  readonly seed: string | number;
  readonly objectives: readonly Objective[];
}

/** A search in generations: ask, train, tell, ask again. */
export interface Evolution {
  /** The next generation: new configurations only, fewer when the space has no more. */
  readonly ask: (count: number) => readonly Mutation[];
  /** What came of configurations, of this search or of others. */
  readonly tell: (results: readonly Result[]) => void;
  /** The results so far that no other one beats. */
  readonly front: () => readonly Result[];
}

/**
 * Starts a search by `evolve`, which remembers what it asked for and was told. The same seed, and the same calls, give
 * the same generations.
 * @throws ZodError for a space that is none; MutatorError `BAD_SEED`, and `BAD_RESULT` without objectives. `tell` throws
 * `BAD_RESULT` for values that are not finite numbers, and `UNKNOWN_PARAMETER` or `BAD_VALUE` for configurations of other
 * parameters or types; of such a call it remembers nothing.
 */
export function evolution(input: Space, { seed, objectives }: EvolutionOptions): Evolution {
  const results: Result[] = [];
  const seen: Result["configuration"][] = [];
  const space = Space.parse(input);
  const text = seedText(seed);
  let generation = 0;
  nonDominated(results, objectives);
  return {
    ask: (count) => {
      const strategy = evolve({ objectives, results });
      const options = { seed: JSON.stringify([text, generation]), strategy, exclude: seen };
      const { mutations } = takeMutations(space, count, options);
      generation += 1;
      seen.push(...mutations.map(({ configuration }) => configuration));
      return mutations;
    },
    tell: (news) => {
      nonDominated(news, objectives);
      for (const { configuration } of news) canonicalConfiguration(space, configuration);
      results.push(...news);
      seen.push(...news.map(({ configuration }) => configuration));
    },
    front: () => nonDominated(results, objectives),
  };
}
