import { type Absent, absent, isAbsent } from "../absent.ts";
import { groupBy, median } from "../audit/robust.ts";
import { sampleOf } from "../sample.ts";
import { chiSquareQuantile } from "../statistics/distributions.ts";
import { OUTCOMES, type Outcome, type RunFigures } from "../study/study-run.ts";
import { repeatsNeeded } from "./repeats-needed.ts";

/** How much repeats of a configuration vary, as shares of their mean. */
export interface Variation {
  /** Configurations with at least two runs, and the runs of these. */
  readonly configurations: number;
  readonly runs: number;
  /** Coefficient of variation over all: squares weighted by degrees of freedom. */
  readonly pooled: number;
  /** Of the pooled one, by χ². */
  readonly interval95: readonly [low: number, high: number];
  readonly median: number;
  readonly largest: number;
  /** Runs of each of two configurations that show the difference that was asked for; `undefined` beyond 10 000. */
  readonly repeatsNeeded: number | undefined;
}

/** The noise of one figure. */
export interface Noise {
  readonly outcome: Outcome;
  /** Repeats in one session. */
  readonly within: Variation | Absent;
  /** Repeats that lie in at least two sessions, those of all sessions together. */
  readonly across: Variation | Absent;
}

/**
 * Variation between runs of the same configuration, seeds ignored. Pooled coefficient of variation: Zar, Biostatistical
 * Analysis, 8.8; its interval is that of a pooled standard deviation of normal values (Sokal and Rohlf, Biometry, 7.7).
 *
 * @param share Difference to be seen, as a share of the mean.
 */
export function noiseOf(runs: readonly RunFigures[], share: number): readonly Noise[] {
  return OUTCOMES.map((outcome) => {
    const known = runs.flatMap((run) => {
      const value = run[outcome];
      return value === undefined ? [] : [{ ...run, value }];
    });
    const configurations = groupBy(known, ({ configuration }) => configuration);
    const sessions = groupBy(known, ({ configuration, session }) => JSON.stringify([configuration, session]));
    const spread = configurations.filter((group) => new Set(group.map(({ session }) => session)).size > 1);
    return {
      outcome,
      within: variationOf(sessions, share, "no configuration was run twice in one session"),
      across: variationOf(spread, share, "no configuration was run in two sessions"),
    };
  });
}

function variationOf(
  groups: readonly (readonly { readonly value: number }[])[],
  share: number,
  reason: string,
): Variation | Absent {
  const samples = groups.flatMap((group) => {
    const sample = sampleOf(group.map(({ value }) => value));
    if (!sample || sample.standardDeviation === undefined) return [];
    return [{ n: sample.n, variation: sample.standardDeviation / sample.mean }];
  });
  const freedom = samples.reduce((sum, { n }) => sum + n - 1, 0);
  if (freedom === 0) return absent(reason);
  const squares = samples.reduce((sum, { n, variation }) => sum + (n - 1) * variation ** 2, 0);
  const pooled = Math.sqrt(squares / freedom);
  const bound = (probability: number): number => Math.sqrt(squares / chiSquareQuantile(probability, freedom));
  const variations = samples.map(({ variation }) => variation);
  return {
    configurations: samples.length,
    runs: samples.reduce((sum, { n }) => sum + n, 0),
    pooled,
    interval95: [bound(0.975), bound(0.025)],
    median: median(variations) ?? pooled,
    largest: Math.max(...variations),
    repeatsNeeded: repeatsNeeded(share, pooled),
  };
}

/** The variation to reckon with: that between sessions where there is one, else that within them. */
export function reckonedVariation({ within, across }: Noise): Variation | Absent {
  return isAbsent(across) ? within : across;
}
