import {
  type Front,
  type GroupAnalysis,
  isAbsent,
  type StudyAnalysis,
  termName,
  termText,
  type Variation,
} from "@ea/analysis";
import type { FigureTable } from "../figures/figure.ts";
import { clip } from "../text/clip.ts";
import { digits, percent, withHalf } from "../text/digits.ts";
import { scaleFor } from "../text/scale.ts";

/** A table of the analysis, and how to read it. */
export interface AnalysisTable {
  readonly title: string;
  readonly note: string;
  readonly table: FigureTable;
}

/** A point that is beaten may be on the front all the same from this share of resamples on. */
const LIKELY = 0.2;
const FIGURES = { joules: "energy", seconds: "time", watts: "power" } as const;

/** What an analysis has found, as tables; those that there is nothing for are left out. */
export function analysisTables(analysis: StudyAnalysis): readonly AnalysisTable[] {
  const { groups, detect } = analysis;
  const tables: readonly AnalysisTable[] = [
    {
      title: "Excluded runs",
      note: "Runs that the tables below leave out: they failed, or an error speaks against their numbers.",
      table: { header: ["Why", "Runs", "For example"], rows: excludedRows(analysis) },
    },
    {
      title: "How sure the front is",
      note: "On the front: the share of resamples of the repetitions in which no other configuration beats this one. Of a single run it is not known.",
      table: {
        header: ["Runs of", "Configuration", "Cost", "Metric", "n", "On the front"],
        rows: groups.flatMap((group) => (isAbsent(group.front) ? [] : frontRows(group, group.front))),
      },
    },
    {
      title: "What each hyperparameter does",
      note: "Regression of the logarithms on all hyperparameters together, with 95 % intervals. ^1 ± 0.1: the figure grows as this power of the hyperparameter. ×1.3: by this factor.",
      table: { header: ["Runs of", "Hyperparameter", "Energy", "Time", "Power"], rows: groups.flatMap(effectRows) },
    },
    {
      title: "How much of the energy is explained",
      note: "R² of the logarithm of the energy, of time where there is none; beside it for all runs that were called a success, the excluded ones included.",
      table: {
        header: ["Runs of", "Explained by", "R²", "n", "R² with excluded runs", "n"],
        rows: groups.flatMap(explainedRows),
      },
    },
    {
      title: "Noise floor",
      note: `Coefficient of variation of repeats, with its 95 % interval, and how many runs of each of two configurations show a difference of ${percent(detect)} four times out of five.`,
      table: {
        header: ["Runs of", "Figure", "Within a session", "Repeats", "Across sessions", "Repeats"],
        rows: groups.flatMap(noiseRows),
      },
    },
  ];
  return tables.filter(({ table }) => table.rows.length > 0);
}

function excludedRows({ excluded }: StudyAnalysis): readonly (readonly string[])[] {
  const codes = new Map<string, { count: number; readonly example: string }>();
  for (const { experimentId, reasons } of excluded) {
    for (const { code, message } of reasons) {
      const found = codes.get(code) ?? { count: 0, example: `${experimentId}: ${message}` };
      codes.set(code, { ...found, count: found.count + 1 });
    }
  }
  return [...codes]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([code, { count, example }]) => [clip(code, 80), String(count), clip(example, 400)]);
}

function frontRows({ group, basis }: GroupAnalysis, { points, metric }: Front): readonly (readonly string[])[] {
  const scale = scaleFor(
    points.map(({ x }) => x),
    basis.kind === "none" ? "s" : "J",
  );
  const half = (interval: readonly [number, number] | undefined, size = 1): number | undefined =>
    interval && (interval[1] - interval[0]) / 2 / size;
  return points
    .filter(({ isOnFront, membership = 0 }) => isOnFront || membership >= LIKELY)
    .map(({ configuration, cost, metric: worth, membership }) => [
      clip(group, 120),
      clip(configuration.label, 200),
      `${withHalf(cost.mean / scale.size, half(cost.interval95, scale.size))} ${scale.unit}`,
      `${clip(metric, 60)} ${withHalf(worth.mean, half(worth.interval95), 4)}`,
      String(cost.n),
      membership === undefined ? "–" : percent(membership),
    ]);
}

function effectRows({ group, effects }: GroupAnalysis): readonly (readonly string[])[] {
  const full = effects.flatMap(({ outcome, full: found }) =>
    isAbsent(found) ? [] : [{ outcome, terms: found.terms }],
  );
  const names = [...new Set(full.flatMap(({ terms }) => terms.map(termName)))];
  return names.map((name) => [
    clip(group, 120),
    clip(name, 120),
    ...effects.map(({ outcome }) => {
      const terms = full.find((each) => each.outcome === outcome)?.terms ?? [];
      const term = terms.find((each) => termName(each) === name);
      return term ? termText(term) : "–";
    }),
  ]);
}

function explainedRows({ group, effects, basis }: GroupAnalysis): readonly (readonly string[])[] {
  const found = effects.find(({ outcome }) => outcome === (basis.kind === "none" ? "seconds" : "joules"));
  if (!found) return [];
  const regressions = [
    { what: "the few that are worth it", regression: found.selected },
    { what: "all hyperparameters", regression: found.full },
    ...found.singles.map(({ parameter, regression }) => ({ what: `${parameter} alone`, regression })),
  ];
  return regressions.flatMap(({ what, regression }) => {
    if (isAbsent(regression)) return [];
    const { parameters, rSquared, n, beforeQuarantine: before } = regression;
    const names = what.startsWith("the few") ? parameters.join(" + ") : what;
    const all = isAbsent(before) ? ["–", "–"] : [digits(before.rSquared), String(before.n)];
    return [[clip(group, 120), clip(names, 200), digits(rSquared), String(n), ...all]];
  });
}

function noiseRows({ group, noise }: GroupAnalysis): readonly (readonly string[])[] {
  const cells = (variation: Variation | undefined): readonly string[] => {
    if (!variation) return ["–", "–"];
    const { pooled, interval95, repeatsNeeded } = variation;
    const text = `${percent(pooled)} (${percent(interval95[0])} to ${percent(interval95[1])})`;
    return [text, repeatsNeeded === undefined ? "more than 10000" : String(repeatsNeeded)];
  };
  return noise.flatMap(({ outcome, within, across }) => {
    const [inside, between] = [within, across].map((each) => (isAbsent(each) ? undefined : each));
    if (!inside && !between) return [];
    return [[clip(group, 120), FIGURES[outcome], ...cells(inside), ...cells(between)]];
  });
}
