import { type Absent, absent } from "../absent.ts";
import { groupBy } from "../audit/robust.ts";
import { type Trend, trend } from "../statistics/trend.ts";
import { OUTCOMES, type Outcome, type RunFigures } from "./study-run.ts";

/** Whether a figure changes while runs follow each other. */
export interface Drift extends Trend {
  readonly outcome: Outcome;
  /** From the first to the last run, as a share. */
  readonly change: number;
  readonly changeInterval95: readonly [low: number, high: number];
}

/**
 * Trend of what is left of the logarithm of a figure when the mean of its configuration is taken away, over the order in
 * which runs began. Only configurations with repeats say anything. What they share with the order is taken away too, so
 * that a drift is rather larger than this than smaller.
 */
export function driftOf(runs: readonly RunFigures[]): readonly (Drift | (Absent & { readonly outcome: Outcome }))[] {
  const ordered = runs.toSorted((a, b) => a.startedMs - b.startedMs);
  return OUTCOMES.map((outcome) => {
    const known = ordered.flatMap(({ id, configuration, [outcome]: value }) =>
      value === undefined ? [] : [{ id, configuration, log: Math.log(value) }],
    );
    const groups = groupBy(known, ({ configuration }) => configuration).filter(({ length }) => length > 1);
    const means = new Map(
      groups.map((group) => [group[0]?.configuration, group.reduce((sum, { log }) => sum + log, 0) / group.length]),
    );
    const deviations = known.flatMap(({ configuration, log }) => {
      const mean = means.get(configuration);
      return mean === undefined ? [] : [log - mean];
    });
    // What differs by rounding alone does not differ
    const found = deviations.some((value) => Math.abs(value) > 1e-9) ? trend(deviations) : undefined;
    if (!found) {
      const reason =
        deviations.length < 8
          ? `${deviations.length} repeated runs are too few: expected at least 8`
          : "repeats do not differ";
      return { outcome, ...absent(reason) };
    }
    const change = (slope: number): number => Math.expm1(slope * (deviations.length - 1));
    const [low, high] = found.interval95;
    return { outcome, ...found, change: change(found.slope), changeInterval95: [change(low), change(high)] };
  });
}
