import type { CostBasis } from "@ea/analysis";
import type { Drift } from "../model/drift.ts";
import { clip } from "../text/clip.ts";
import { digits } from "../text/digits.ts";
import { costWord } from "../text/names.ts";
import { axis, type ChartOption, common, tooltipHtml, type View } from "./chart.ts";

const PANEL = 130;
const TOP = 14;

/** Height that the panels need. */
export function driftHeight(drift: Drift): number {
  return TOP + (hasRepetitions(drift) ? 2 : 1) * (PANEL + 22) + 34;
}

function hasRepetitions({ points }: Drift): boolean {
  return points.some(({ deviation }) => deviation !== null);
}

/** Mean power over the order of the runs, and below how far repetitions are from the mean of their configuration. */
export function optionDrift(drift: Drift, basis: CostBasis, { theme }: View): ChartOption {
  const { points, isPower } = drift;
  const base = common(theme);
  const level = isPower ? `${basis.kind === "estimate" ? "Est. mean" : "Mean"} power (W)` : "Duration (s)";
  const panels = [
    { name: level, color: theme.series[0], values: points.map((point) => point.level) },
    ...(hasRepetitions(drift)
      ? [
          {
            name: "From mean (%)",
            color: theme.series[1],
            values: points.map(({ deviation }) => (deviation === null ? null : 100 * deviation)),
          },
        ]
      : []),
  ];
  return {
    ...base,
    grid: panels.map((_, index) => ({ left: 58, right: 18, top: TOP + index * (PANEL + 22), height: PANEL })),
    tooltip: {
      ...base.tooltip,
      formatter: (item) => {
        if (Array.isArray(item)) return "";
        const [x = 0, y = 0] = Array.isArray(item.value) ? item.value.map(Number) : [];
        const point = points[x - 1];
        const panel = panels[item.seriesIndex ?? 0];
        return point && panel
          ? tooltipHtml([`run ${x}: ${clip(point.run.id, 80)}`, `${panel.name} ${digits(y, 3)}`])
          : "";
      },
    },
    xAxis: panels.map((_, index) => {
      const isLowest = index === panels.length - 1;
      const own = axis(theme, isLowest ? "order of the runs" : "", 24);
      const range = { min: 0, max: points.length + 1, minInterval: 1 };
      return {
        ...own,
        gridIndex: index,
        type: "value",
        ...range,
        axisLabel: { ...own.axisLabel, show: isLowest, showMaxLabel: false, showMinLabel: false },
        splitLine: { show: false },
      };
    }),
    yAxis: panels.map(({ name }, index) => ({
      ...axis(theme, name, 42),
      gridIndex: index,
      type: "value",
      scale: true,
      splitNumber: 3,
    })),
    series: panels.map(({ color, values, name }, index) => ({
      type: "scatter",
      name: index === 0 ? name : `${costWord(basis)} of repetitions`,
      xAxisIndex: index,
      yAxisIndex: index,
      symbolSize: 6,
      itemStyle: { color, opacity: 0.75 },
      data: values.flatMap((value, position) => (value === null ? [] : [[position + 1, value]])),
    })),
  };
}
