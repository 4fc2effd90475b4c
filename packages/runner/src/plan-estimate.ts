import { epochsOf } from "@ea/energy";
import { type Plan, type PlanRow } from "@ea/records";
import { IDLE_SECONDS } from "./defaults.ts";
import type { PastRun } from "./past-runs.ts";

/** By the fastest, the median and the slowest of the earlier runs. */
export interface EstimatedRange {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** What a plan will probably take, by earlier runs of the same models. */
export interface PlanEstimate {
  /** Planned runs of models that were trained before; of the others nothing is known. */
  readonly runs: number;
  /** Earlier runs that it rests on. */
  readonly earlierRuns: number;
  readonly trainingSeconds: EstimatedRange;
  /** Rests by the clock and idle baselines; cooling down may take less or more. */
  readonly restSeconds: number;
  /** Of the trainings alone, where every earlier run has measured it. */
  readonly joules: Readonly<Record<string, EstimatedRange>>;
}

/**
 * Adds up what the rows take: each as long as the median (fastest, slowest) earlier run of its model, in proportion to the
 * epochs where both say how many. Warm-ups count as the first row.
 *
 * @returns `undefined` when no planned model was trained before.
 */
export function estimatePlan(
  plan: Pick<Plan, "rows" | "policies">,
  pastOf: (row: PlanRow) => readonly PastRun[],
): PlanEstimate | undefined {
  const [first] = plan.rows;
  const warmUps = first ? Array.from({ length: Number(plan.policies["warm_up"] ?? 0) }, () => first) : [];
  const known = plan.rows.filter((row) => pastOf(row).length > 0);
  if (known.length === 0) return undefined;
  const trained = [...warmUps.filter((row) => pastOf(row).length > 0), ...known];
  const past = [...new Set(known.map(pastOf))].flat();
  const names = [...new Set(past.flatMap(({ joules }) => Object.keys(joules)))];
  const measured = names.filter((name) => past.every(({ joules }) => joules[name] !== undefined));
  const total = (valueOf: (run: PastRun) => number): EstimatedRange => sumOf(trained, pastOf, valueOf);
  return {
    runs: known.length,
    earlierRuns: past.length,
    trainingSeconds: total(({ durationSeconds }) => durationSeconds),
    restSeconds: sleepSeconds(plan) + (plan.policies["cool_down"] === "idle" ? 2 * IDLE_SECONDS : 0),
    joules: Object.fromEntries(measured.map((name) => [name, total(({ joules }) => joules[name] ?? Number.NaN)])),
  };
}

/** Seconds between the rows, by the clock, and head starts of loads beside them. */
export function sleepSeconds({ rows, policies }: Pick<Plan, "rows" | "policies">): number {
  const seconds = (name: string): number => Number(policies[name] ?? 0);
  let total = rows.length > 0 ? seconds("warm_up") * seconds("run_sleep_seconds") : 0;
  rows.forEach((row, index) => {
    // No cool-down is planned where no sleeps are wanted at all
    if (policies["cool_down"] !== null) total += row.background?.headStartSeconds ?? 0;
    const previous = rows[index - 1];
    if (!previous) return;
    total += seconds(previous.experiment === row.experiment ? "run_sleep_seconds" : "config_sleep_seconds");
  });
  return total;
}

function sumOf(
  rows: readonly PlanRow[],
  pastOf: (row: PlanRow) => readonly PastRun[],
  valueOf: (run: PastRun) => number,
): EstimatedRange {
  const sum = { low: 0, median: 0, high: 0 };
  const rates = new Map<readonly PastRun[], Rates>();
  for (const row of rows) {
    const past = pastOf(row);
    const known = rates.get(past) ?? ratesOf(past, valueOf);
    rates.set(past, known);
    const epochs = epochsOf(row.hyperparameters);
    const isScaled = epochs !== undefined && known.perEpoch !== undefined;
    const { low, median, high } = (isScaled ? known.perEpoch : undefined) ?? known.perRun;
    const factor = isScaled ? epochs : 1;
    sum.low += factor * low;
    sum.median += factor * median;
    sum.high += factor * high;
  }
  return sum;
}

interface Rates {
  readonly perRun: EstimatedRange;
  /** `undefined` unless every earlier run says its epochs. */
  readonly perEpoch: EstimatedRange | undefined;
}

function ratesOf(past: readonly PastRun[], valueOf: (run: PastRun) => number): Rates {
  const perEpoch = past.flatMap((run) => (run.epochs === undefined ? [] : [valueOf(run) / run.epochs]));
  return {
    perRun: rangeOf(past.map(valueOf)),
    perEpoch: perEpoch.length === past.length ? rangeOf(perEpoch) : undefined,
  };
}

function rangeOf(values: readonly number[]): EstimatedRange {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { low: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, high: at(sorted.length - 1) };
}
