import { type CostBasis, isBeyondChance } from "@ea/analysis";
import { type Effect, effectsOf } from "../model/effects.ts";
import type { Chapter } from "../model/report-data.ts";
import { associationText, effectsHeight, optionEffects } from "../options/option-effects.ts";
import { optionSlices, slicesHeight } from "../options/option-slices.ts";
import { clip } from "../text/clip.ts";
import { digits } from "../text/digits.ts";
import { costWord, metricName } from "../text/names.ts";
import { showValue } from "../text/show-value.ts";
import type { ChapterState, Figure, FigureTable } from "./figure.ts";
import { costScale } from "./trade-off-figure.ts";

/** The effect of each hyperparameter on cost and metric: as one number, and point by point; none when nothing varies. */
export function effectFigures(chapter: Chapter, basis: CostBasis, state: ChapterState): readonly Figure[] {
  const effects = effectsOf(chapter, state.metric);
  if (effects.length === 0) return [];
  const metric = state.metric === null ? undefined : chapter.metrics[state.metric];
  const scale = costScale(chapter, basis);
  const outcome = metric ? ` and on ${clip(metricName(metric), 60)}` : "";
  const has = (effect: Effect): boolean => effect.cost !== undefined || effect.metric !== undefined;
  const cell = (text: string | undefined): string => text ?? "too few runs";
  const summary: Figure = {
    id: "effects",
    title: `Effect of each hyperparameter on ${costWord(basis)}${outcome}`,
    note: "Rank correlation over the runs, −1 to 1, for categories the correlation ratio from 0 to 1. It sees effects that rise or fall throughout; the panels below show the others. Other hyperparameters were not held fixed.",
    finding: effectSentence(effects, basis, metric && clip(metricName(metric), 60)),
    table: {
      header: ["Hyperparameter", costWord(basis), metric ? clip(metricName(metric), 60) : "metric"],
      rows: effects.map(({ name, cost, metric: other }) => [
        clip(name, 200),
        cell(cost && associationText(cost)),
        cell(other && associationText(other)),
      ]),
    },
    height: () => effectsHeight(effects),
    minWidth: 280,
    option: (view) => optionEffects(effects, { ...view, basis, metric }),
  };
  const slices: Figure = {
    id: "slices",
    title: "Hyperparameters one by one",
    note: `Each point is a run: above its ${costWord(basis)}${metric ? `, below its ${clip(metricName(metric), 60)}` : ""}.`,
    finding: `${effects.length === 1 ? "One hyperparameter varies" : `${effects.length} hyperparameters vary`}: ${effects.map(({ name }) => clip(name, 40)).join(", ")}.`,
    table: levels(chapter, effects, state, `${costWord(basis)} (${scale.unit})`, scale.size),
    height: (width) => slicesHeight(effects, state.metric, width),
    minWidth: 280,
    option: (view) => optionSlices(chapter, effects, { ...view, basis, scale, metric: state.metric }),
  };
  return effects.some(has) ? [summary, slices] : [slices];
}

function effectSentence(effects: readonly Effect[], basis: CostBasis, metric: string | undefined): string {
  const strongest = (of: (effect: Effect) => Effect["cost"], what: string): string => {
    const [first] = effects
      .filter((effect) => of(effect))
      .toSorted((a, b) => Math.abs(of(b)?.value ?? 0) - Math.abs(of(a)?.value ?? 0));
    const found = first && of(first);
    if (!found) return "";
    const strength = `${clip(first.name, 60)} (${associationText(found)})`;
    if (isBeyondChance(found, effects.length)) return `The ${what} goes most with ${strength}.`;
    return `No hyperparameter goes with the ${what} more than chance explains; most of all ${strength}.`;
  };
  return [strongest(({ cost }) => cost, costWord(basis)), metric ? strongest((effect) => effect.metric, metric) : ""]
    .filter(Boolean)
    .join(" ");
}

/** Means in the lower, middle and upper third of a parameter's values, or of each category. */
function levels(
  chapter: Chapter,
  effects: readonly Effect[],
  { metric }: ChapterState,
  costHeader: string,
  size: number,
): FigureTable {
  const runs = chapter.runs.filter(({ leftOut }) => leftOut === null);
  const name = metric === null ? undefined : chapter.metrics[metric];
  const mean = (values: readonly (number | null)[]): string => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? "–" : digits(known.reduce((sum, value) => sum + value, 0) / known.length, 4);
  };
  const rows = effects.flatMap(({ index, name: parameter }) => {
    const values = runs.map((run) => run.parameters[index] ?? null);
    return binsOf(values).map(({ label, isInside }) => {
      const inside = runs.filter((_, position) => isInside(values[position] ?? null));
      return [
        clip(parameter, 200),
        clip(label, 80),
        String(inside.length),
        mean(inside.map(({ cost }) => (cost === null ? null : cost / size))),
        mean(inside.map((run) => (metric === null ? null : (run.metrics[metric] ?? null)))),
      ];
    });
  });
  return {
    header: [
      "Hyperparameter",
      "Values",
      "Runs",
      `mean ${costHeader}`,
      name ? `mean ${clip(metricName(name), 60)}` : "metric",
    ],
    rows,
  };
}

interface Bin {
  readonly label: string;
  readonly isInside: (value: number | string | null) => boolean;
}

function binsOf(values: readonly (number | string | null)[]): readonly Bin[] {
  const distinct = [...new Set(values)];
  const numbers = distinct.filter((value) => typeof value === "number").sort((a, b) => a - b);
  if (numbers.length < distinct.length || numbers.length <= 6) {
    const sorted = numbers.length === distinct.length ? numbers : distinct;
    return sorted.map((value) => ({ label: showValue(value), isInside: (other) => other === value }));
  }
  const all = values.filter((value) => typeof value === "number").sort((a, b) => a - b);
  const edge = (share: number): number => all[Math.min(all.length - 1, Math.round(share * all.length))] ?? 0;
  const [low, high] = [edge(1 / 3), edge(2 / 3)];
  const isIn = (isInside: (value: number) => boolean) => (value: number | string | null) =>
    typeof value === "number" && isInside(value);
  return [
    { label: `below ${showValue(low)}`, isInside: isIn((value) => value < low) },
    { label: `${showValue(low)} to ${showValue(high)}`, isInside: isIn((value) => value >= low && value < high) },
    { label: `${showValue(high)} and more`, isInside: isIn((value) => value >= high) },
  ];
}
