import type { Goal } from "../metric-goal.ts";
import { paretoFront } from "../pareto-front.ts";
import { randomOf } from "../statistics/random.ts";

/** One run as a point of cost and metric. */
export interface Pair {
  readonly cost: number;
  readonly value: number;
}

/**
 * How often each configuration is on the Pareto front when its repetitions are drawn again, with replacement, within each
 * configuration (stratified bootstrap; Efron and Tibshirani 1993, An Introduction to the Bootstrap, 8.3). A configuration
 * with one run stands still: its own noise is not in any of these shares.
 *
 * @returns Shares by position of the configuration.
 */
export function membership(
  configurations: readonly (readonly Pair[])[],
  { goal, resamples, seed }: { readonly goal: Goal; readonly resamples: number; readonly seed: string },
): readonly number[] {
  const random = randomOf(seed);
  const counts = configurations.map(() => 0);
  for (let round = 0; round < resamples; round += 1) {
    const points = configurations.map((pairs, index) => ({ index, ...meanOfDrawn(pairs, random) }));
    for (const { index } of paretoFront(points, goal)) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((count) => count / resamples);
}

function meanOfDrawn(pairs: readonly Pair[], random: () => number): { readonly x: number; readonly y: number } {
  let [x, y] = [0, 0];
  for (let draw = 0; draw < pairs.length; draw += 1) {
    const pair = pairs.length === 1 ? pairs[0] : pairs[Math.floor(random() * pairs.length)];
    x += pair?.cost ?? 0;
    y += pair?.value ?? 0;
  }
  return { x: x / pairs.length, y: y / pairs.length };
}
