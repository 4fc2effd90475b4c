import type { CostBasis } from "@ea/analysis";
import type { Chapter } from "../model/report-data.ts";
import { isWide } from "../options/parallel-axes.ts";
import { driftFigure } from "./drift-figure.ts";
import { effectFigures } from "./effect-figures.ts";
import type { ChapterState, Figure } from "./figure.ts";
import { parallelFigure } from "./parallel-figure.ts";
import { splitFigure } from "./split-figure.ts";
import { tradeOffFigure } from "./trade-off-figure.ts";

/** How a chapter looks before a reader has done anything. */
export function firstState({ metric, configurations }: Chapter): ChapterState {
  return { metric, isLog: isWide(configurations.map(({ cost }) => cost.mean)), selected: undefined };
}

/** The charts of a chapter, but for its traces; those that there are no runs for are left out. */
export function chapterFigures(chapter: Chapter, basis: CostBasis, state: ChapterState): readonly Figure[] {
  const figures = [
    tradeOffFigure(chapter, basis, state),
    parallelFigure(chapter, basis, state),
    ...effectFigures(chapter, basis, state),
    splitFigure(chapter, basis),
    driftFigure(chapter, basis),
  ];
  return figures.filter((figure) => figure !== undefined);
}
