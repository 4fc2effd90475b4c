import { checkedCount } from "./count.ts";
import { mismatch } from "./errors.ts";
import { rootHash } from "./hash.ts";
import { latticeOf } from "./lattice-of.ts";
import { Parameter } from "./parameter.ts";
import { race } from "./race.ts";
import { show } from "./show.ts";

/**
 * The one text of a user's seed: 42 and "42" are the same seed.
 * @throws MutatorError `BAD_SEED` for a number that is no safe integer.
 */
export function seedText(seed: string | number): string {
  if (typeof seed === "string" || Number.isSafeInteger(seed)) return String(seed);
  throw mismatch("BAD_SEED", "a string or safe integer", show(seed));
}

/** Which repetitions to draw training seeds for. */
export interface ReplicationOptions {
  /** The seed of the whole plan. */
  readonly seed: string | number;
  /** The key of the configuration that is repeated. */
  readonly key: string;
  /** How many repetitions. */
  readonly count: number;
}

/**
 * Distinct training seeds for repetitions 0 … count − 1 of one configuration, out of the seed parameter's range
 * ([0, 2³¹ − 1] when it has none); fewer when the range has fewer. A smaller count gives a prefix.
 * @throws MutatorError `BAD_COUNT` or `BAD_SEED`, the latter also for a parameter that is no int.
 */
export function replicationSeeds(parameter: Parameter, { seed, key, count }: ReplicationOptions): readonly number[] {
  const { type } = parameter;
  if (type !== "int") throw mismatch("BAD_SEED", "type int", show(type));
  const left = checkedCount("count", count);
  const lattice = latticeOf(Parameter.parse({ ...parameter, role: "seed" }));
  const seeds: number[] = [];
  for (const [index = 0] of race([{ lattice, conditions: [] }], [], rootHash(JSON.stringify([seedText(seed), key])))) {
    if (seeds.push(Number(lattice.value(index))) === left) break;
  }
  return seeds;
}
