import { alea } from "./alea.ts";
import { rootHash } from "./hash.ts";
import { canonicalConfiguration } from "./key.ts";
import { nearestPoint, type PreparedSpace } from "./prepared-space.ts";
import { race } from "./race.ts";
import { spaceText } from "./space-text.ts";
import type { StrategyContext } from "./strategy.ts";

/** What a strategy gets: its randomness belongs to the seed and the space. */
export function strategyContext(prepared: PreparedSpace, seed: string, taken: () => number): StrategyContext {
  const { space, axes, constraints } = prepared;
  const text = JSON.stringify([seed, spaceText(prepared)]);
  const hash = rootHash(text);
  return {
    space,
    axes,
    hash,
    random: alea(`${text} draws`).double,
    taken,
    pointOf: (configuration) => nearestPoint(prepared, canonicalConfiguration(space, configuration)),
    *race() {
      for (const indices of race(axes, constraints, hash)) yield { indices, phase: "race" };
    },
  };
}
