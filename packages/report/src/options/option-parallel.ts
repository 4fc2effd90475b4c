import type { Chapter } from "../model/report-data.ts";
import { clip } from "../text/clip.ts";
import { between } from "../theme.ts";
import { type ChartOption, common, type View } from "./chart.ts";
import { type ParallelAxis } from "./parallel-axes.ts";

/** Name of the axis at a position, in the events of the chart. */
export const parallelAxisId = (index: number): string => `axis-${index}`;

/** How parallel coordinates are looked at. */
export interface ParallelView extends View {
  readonly axes: readonly ParallelAxis[];
  /** Runs that are not faded; all of them when `undefined`. */
  readonly selected?: ReadonlySet<number> | undefined;
}

/** Compared runs as lines over hyperparameters, cost and metrics; the more a run has cost, the stronger its line. */
export function optionParallel(chapter: Chapter, { theme, axes, selected }: ParallelView): ChartOption {
  const runs = chapter.runs.map((run, index) => ({ run, index })).filter(({ run }) => run.leftOut === null);
  const logs = runs.map(({ run: { cost } }) => Math.log(Math.max(cost ?? 0, Number.MIN_VALUE)));
  const low = Math.min(...logs);
  const span = Math.max(...logs) - low || 1;
  const label = { color: theme.ink, fontSize: 11, textBorderColor: theme.background, textBorderWidth: 3 };
  return {
    ...common(theme),
    tooltip: { show: false },
    parallel: {
      left: 42,
      right: 66,
      top: 34,
      bottom: 14,
      parallelAxisDefault: {
        nameTextStyle: { color: theme.ink, fontSize: 12, fontWeight: "bold" },
        axisLine: { lineStyle: { color: theme.muted } },
        axisTick: { lineStyle: { color: theme.muted } },
        areaSelectStyle: { width: 18, borderWidth: 1, borderColor: theme.accent, color: theme.accent, opacity: 0.2 },
      },
    },
    parallelAxis: axes.map(({ name, scale, categories }, index) => {
      const own = { id: parallelAxisId(index), dim: index, name };
      if (!scale) {
        const axisLabel = { ...label, formatter: (text: string) => clip(text, 14) };
        return { ...own, type: "category", data: categories.map((text) => clip(text, 200)), axisLabel };
      }
      const customValues = [...scale.ticks];
      const axisLabel = { ...label, customValues, formatter: (position: number) => scale.label(position) };
      return { ...own, type: "value", min: scale.min, max: scale.max, axisTick: { customValues }, axisLabel };
    }),
    series: [
      {
        type: "parallel",
        progressive: 0,
        smooth: false,
        inactiveOpacity: 0.04,
        activeOpacity: 0.9,
        lineStyle: { width: 1.1, opacity: 0.6 },
        data: runs.map(({ run, index }, position) => ({
          value: axes.map((axis) => axis.position(run) ?? Number.NaN),
          lineStyle: {
            color: between(theme.scale, ((logs[position] ?? low) - low) / span),
            ...(selected && { opacity: selected.has(index) ? 0.9 : 0.05 }),
          },
        })),
      },
    ],
  };
}
