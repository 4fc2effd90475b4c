import type { CostBasis } from "@ea/analysis";
import type { Chapter } from "../model/report-data.ts";
import { clip } from "../text/clip.ts";
import { digits, percent } from "../text/digits.ts";
import { partName } from "../text/names.ts";
import type { Scale } from "../text/scale.ts";
import { axis, type ChartOption, common, legend, tooltipHtml, type View } from "./chart.ts";

/** How the split is looked at. */
export interface SplitView extends View {
  readonly scale: Scale;
}

/** What each run's energy is made of, by ascending energy: one stacked column per run. */
export function optionSplit(chapter: Chapter, basis: CostBasis, { theme, scale }: SplitView): ChartOption {
  const runs = chapter.runs.filter(({ leftOut }) => leftOut === null).toSorted((a, b) => (a.cost ?? 0) - (b.cost ?? 0));
  const base = common(theme);
  const [blue, orange, green] = theme.series;
  const colours = [blue, green, orange];
  return {
    ...base,
    grid: { left: 58, right: 18, top: 34, bottom: 40 },
    legend: legend(theme),
    tooltip: {
      ...base.tooltip,
      trigger: "axis",
      axisPointer: { type: "shadow" },
      formatter: (items) => {
        const [first] = Array.isArray(items) ? items : [items];
        const run = runs[first?.dataIndex ?? -1];
        if (!run) return "";
        const lines = basis.parts.map((name, index) => {
          const joules = run.parts[index] ?? 0;
          return `${partName(name)}: ${digits(joules / scale.size)} ${scale.unit} (${percent(joules / (run.cost || 1))})`;
        });
        return tooltipHtml([clip(run.id, 80), ...lines]);
      },
    },
    xAxis: {
      ...axis(theme, "runs, by ascending energy", 20),
      type: "category",
      data: runs.map((_, index) => String(index + 1)),
      axisLabel: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: { ...axis(theme, `Energy (${scale.unit})`, 42), type: "value" },
    series: basis.parts.map((name, index) => {
      const color = colours[index % colours.length] ?? theme.dot;
      return {
        name: partName(name),
        type: "bar",
        stack: "energy",
        barMaxWidth: 60,
        barCategoryGap: runs.length > 100 ? 0 : "20%",
        color,
        itemStyle: { color },
        data: runs.map(({ parts }) => (parts[index] ?? 0) / scale.size),
      };
    }),
  };
}
