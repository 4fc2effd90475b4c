import { checkedCount } from "./count.ts";
import { MutatorError } from "./errors.ts";
import { rootHash } from "./hash.ts";
import { configurationKey } from "./key.ts";
import { race } from "./race.ts";
import { seedText } from "./seeds.ts";
import { type Axis, axesOf, type Space } from "./space.ts";
import type { Configuration } from "./value.ts";

/** One drawn configuration. */
export interface Mutation {
  /** A value for every parameter of the space but its seeds, in the order of their names. */
  readonly configuration: Configuration;
  /** Canonical string of the configuration. */
  readonly key: string;
  /** Probability of the configuration in one independent draw from the space. */
  readonly probability: number;
}

/** How mutations are drawn. */
export interface MutationOptions {
  /** Source of all randomness; 42 and "42" are the same. */
  readonly seed: string | number;
  /** Keys of configurations that are skipped: the baseline, earlier runs. The others keep their order. */
  readonly exclude?: Iterable<string> | undefined;
  /** Which configurations are acceptable; the others are skipped and keep their order as well. */
  readonly predicate?: ((configuration: Configuration) => boolean) | undefined;
  /** How many configurations the predicate may reject in a row. @default 1000 */
  readonly maxAttempts?: number | undefined;
}

/** How many configurations a predicate may reject in a row unless `maxAttempts` says otherwise. */
export const MAX_MUTATION_ATTEMPTS = 1000;

/**
 * Distinct configurations of a space, lazily, until it has no more: exact weighted sampling without replacement by an
 * exponential race (Plackett–Luce law; Efraimidis & Spirakis 2006; Kool et al., JMLR 21(47), 2020).
 * The same seed and space give the same sequence, in whatever order the parameters stand.
 * @throws ZodError for a space that is none; MutatorError `BAD_SEED`, `BAD_COUNT` for `maxAttempts`, and, while
 * iterating, `TOO_MANY_REJECTIONS` when the predicate rejects more than `maxAttempts` in a row.
 */
export function mutations(space: Space, options: MutationOptions): Generator<Mutation, void> {
  const { seed, exclude = [], predicate = () => true, maxAttempts = MAX_MUTATION_ATTEMPTS } = options;
  const root = rootHash(seedText(seed));
  const most = checkedCount("maxAttempts", maxAttempts);
  const excluded = new Set(exclude);
  const axes = axesOf(space);
  const points = axes.length === 0 ? [] : race(latticesOf(axes), root);
  return accepted(drawn(space, axes, points), (key) => excluded.has(key), predicate, most);
}

const latticesOf = (axes: readonly Axis[]) => axes.map(({ lattice }) => lattice);

function* drawn(space: Space, axes: readonly Axis[], points: Iterable<readonly number[]>): Generator<Mutation, void> {
  for (const indices of points) {
    const chosen = axes.map(({ name, lattice }, axis) => ({ name, lattice, index: indices[axis] ?? 0 }));
    const configuration = Object.fromEntries(chosen.map(({ name, lattice, index }) => [name, lattice.value(index)]));
    const probability = chosen.reduce((product, { lattice, index }) => product * lattice.mass(index, index + 1), 1);
    yield { configuration, key: configurationKey(space, configuration), probability };
  }
}

function* accepted(
  candidates: Iterable<Mutation>,
  isExcluded: (key: string) => boolean,
  predicate: (configuration: Configuration) => boolean,
  maxAttempts: number,
): Generator<Mutation, void> {
  let rejections = 0;
  for (const mutation of candidates) {
    if (isExcluded(mutation.key)) continue;
    if (predicate(mutation.configuration)) {
      rejections = 0;
      yield mutation;
    } else if (++rejections > maxAttempts) {
      throw new MutatorError(
        "TOO_MANY_REJECTIONS",
        `Expected the predicate to accept 1 of ${maxAttempts} configurations, found ${rejections} rejected in a row`,
      );
    }
  }
}
