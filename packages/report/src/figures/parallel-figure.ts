import type { CostBasis } from "@ea/analysis";
import type { Chapter } from "../model/report-data.ts";
import { optionParallel } from "../options/option-parallel.ts";
import { MOST_PARAMETERS, parallelAxes } from "../options/parallel-axes.ts";
import { digits } from "../text/digits.ts";
import { costWord, counted } from "../text/names.ts";
import type { ChapterState, Figure } from "./figure.ts";
import { costScale } from "./trade-off-figure.ts";

/** Compared runs over hyperparameters, cost and metrics; `undefined` when nothing varies or there is one run. */
export function parallelFigure(chapter: Chapter, basis: CostBasis, state: ChapterState): Figure | undefined {
  const runs = chapter.runs.filter(({ leftOut }) => leftOut === null);
  const varied = chapter.parameters
    .map((parameter, index) => ({ parameter, index }))
    .filter(({ parameter }) => parameter.isVaried && !parameter.isSeed);
  if (runs.length < 2 || varied.length === 0) return undefined;
  const scale = costScale(chapter, basis);
  const axes = parallelAxes(chapter, basis, { scale, metric: state.metric });
  const [least, most] = extremes(runs.map(({ cost }) => (cost ?? 0) / scale.size));
  const shown =
    varied.length > MOST_PARAMETERS
      ? ` Of ${varied.length} that vary, the ${MOST_PARAMETERS} that go most with the ${costWord(basis)} are shown.`
      : "";
  return {
    id: "parallel",
    title: `Hyperparameters, ${costWord(basis)} and metrics`,
    note: `One line per run; the stronger, the more ${costWord(basis)}. Drag along an axis to keep a part of it, in this chart, in the one above and in the table of runs; click on the axis to let go. The filter of the table does the same by keyboard.${shown}`,
    finding: `${counted(runs.length, "run")} over ${counted(varied.length, "hyperparameter")}; ${costWord(basis)} from ${digits(least)} to ${digits(most)} ${scale.unit}.`,
    table: "runs",
    height: () => 330,
    minWidth: 92 * axes.length,
    option: (view) => optionParallel(chapter, { ...view, axes, selected: state.selected }),
  };
}

function extremes(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
