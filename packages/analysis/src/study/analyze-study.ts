import type { Absent } from "../absent.ts";
import type { Finding } from "../audit/finding.ts";
import { groupBy } from "../audit/robust.ts";
import { commonMetric } from "../common-metric.ts";
import { byConfiguration } from "../configuration-runs.ts";
import { type CostBasis, costBasis } from "../cost-basis.ts";
import { type Effects, effectsOf } from "../effects/effects.ts";
import { type Front, frontOf } from "../front/front-of.ts";
import { type Goal, metricGoal } from "../metric-goal.ts";
import { type Noise, noiseOf } from "../noise/noise-floor.ts";
import { POWER } from "../noise/repeats-needed.ts";
import type { CostAndWorth } from "../pareto-front.ts";
import type { MetricDrop } from "../trade-off.ts";
import { driftOf } from "./drift.ts";
import { type Exclusion, quarantine, withoutSpoiltMetrics } from "./exclusions.ts";
import { figuresOf, OUTCOMES, type RunFigures, type StudyRun } from "./study-run.ts";
import { type StudyTotal, studyTotal } from "./study-total.ts";

/** What a study is looked at with. */
export interface AnalysisOptions {
  /** What an audit has found; flags of the records count as well. */
  readonly findings?: readonly Finding[] | undefined;
  /** Whether runs that an error speaks against are left out. @default true */
  readonly excludeFlagged?: boolean | undefined;
  /** The metric of the fronts; of each group the one that most of its runs have when `undefined`. */
  readonly metric?: string | undefined;
  /** Which way it is better; by its name when `undefined`. */
  readonly goal?: Goal | undefined;
  /** How much of the best metric may be given up. @default 1 % of it */
  readonly drop?: MetricDrop | undefined;
  /** Difference between two configurations that repeats are to show, as a share. @default 0.02 */
  readonly detect?: number | undefined;
  /** Reference points of hypervolumes by the name of a group; `undefined` for the worst corner of its points. */
  readonly referenceOf?: ((group: string) => CostAndWorth | undefined) | undefined;
  /** @default 1000 */
  readonly resamples?: number | undefined;
  /** What draws and permutations depend on. @default "1" */
  readonly seed?: string | undefined;
}

/** Runs of one model, by themselves or beside a load. */
export interface GroupAnalysis {
  /** `repository/model`, or `repository/model in parallel`. */
  readonly group: string;
  readonly repository: string;
  readonly model: string;
  readonly isParallel: boolean;
  readonly runs: number;
  /** Runs that figures are made of. */
  readonly used: number;
  readonly configurations: number;
  readonly basis: CostBasis;
  readonly front: Front | Absent;
  /** Of joules, seconds and watts. */
  readonly effects: readonly Effects[];
  readonly noise: readonly Noise[];
  readonly drift: ReturnType<typeof driftOf>;
}

/** What runs have to say. */
export interface StudyAnalysis {
  readonly runs: number;
  readonly sessions: readonly string[];
  readonly excludesFlagged: boolean;
  readonly used: number;
  readonly excluded: readonly Exclusion[];
  readonly groups: readonly GroupAnalysis[];
  /** Of all groups together. */
  readonly noise: readonly Noise[];
  readonly total: StudyTotal;
  readonly detect: number;
  readonly power: typeof POWER;
  readonly drop: MetricDrop;
  readonly seed: string;
}

/** Analyses runs: fronts, effects, noise and drift of each group, and what all have cost. */
export function analyzeStudy(given: readonly StudyRun[], options: AnalysisOptions = {}): StudyAnalysis {
  const { findings = [], excludeFlagged = true, detect = 0.02, seed = "1", resamples = 1000 } = options;
  const drop = options.drop ?? { kind: "relative", value: 0.01 };
  const runs = excludeFlagged ? withoutSpoiltMetrics(given, findings) : given;
  const parted = quarantine(runs, findings);
  const usable = new Set(excludeFlagged ? parted.sound : parted.claimed);
  const usedIds = new Set([...usable].map(({ record }) => record.experiment_id));
  const claimed = new Set(parted.claimed);
  const figures: RunFigures[] = [];
  const groups = groupBy(runs, groupName).map((group): GroupAnalysis => {
    const used = group.filter((run) => usable.has(run));
    const records = used.map(({ record }) => record);
    const basis = costBasis(records.length > 0 ? records : group.map(({ record }) => record));
    const own = used.map((run) => figuresOf(run, basis));
    const all = group.filter((run) => claimed.has(run)).map((run) => figuresOf(run, basis));
    const [first] = group;
    const name = first ? groupName(first) : "";
    figures.push(...own.map((run) => ({ ...run, configuration: JSON.stringify([name, run.configuration]) })));
    const metric = options.metric ?? commonMetric(records);
    const configurations = byConfiguration(used);
    return {
      group: name,
      repository: first?.record.repository ?? "",
      model: first?.record.model ?? "",
      isParallel: first !== undefined && isBesideLoad(first),
      runs: group.length,
      used: used.length,
      configurations: configurations.length,
      basis,
      front: frontOf(configurations, {
        basis,
        metric,
        goal: options.goal ?? (metric === undefined ? undefined : metricGoal(metric)),
        drop,
        reference: options.referenceOf?.(name),
        resamples,
        seed: `${seed}/front/${name}`,
      }),
      effects: OUTCOMES.map((outcome) => effectsOf(own, all, outcome, `${seed}/importance/${name}/${outcome}`)),
      noise: noiseOf(own, detect),
      drift: driftOf(own),
    };
  });
  return {
    runs: runs.length,
    sessions: [...new Set(runs.map(({ session }) => session))],
    excludesFlagged: excludeFlagged,
    used: usable.size,
    excluded: parted.excluded.filter(({ experimentId }) => !usedIds.has(experimentId)),
    groups,
    noise: noiseOf(figures, detect),
    total: studyTotal(runs, usable, costBasis(runs.map(({ record }) => record))),
    detect,
    power: POWER,
    drop,
    seed,
  };
}

/** The group of a run: its model, by itself or beside a load. */
export function groupName(run: StudyRun): string {
  const model = `${run.record.repository}/${run.record.model}`;
  return isBesideLoad(run) ? `${model} in parallel` : model;
}

function isBesideLoad({ record }: StudyRun): boolean {
  return record.background !== undefined || record.mode === "parallel";
}
