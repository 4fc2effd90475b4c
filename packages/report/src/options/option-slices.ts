import type { CostBasis } from "@ea/analysis";
import type { Effect } from "../model/effects.ts";
import type { Chapter, Metric, Run } from "../model/report-data.ts";
import { clip } from "../text/clip.ts";
import { digits } from "../text/digits.ts";
import { costWord, metricName } from "../text/names.ts";
import type { Scale } from "../text/scale.ts";
import { showValue } from "../text/show-value.ts";
import { axis, type ChartOption, common, tooltipHtml, type View } from "./chart.ts";
import { numericScale } from "./numeric-scale.ts";
import { isWide } from "./parallel-axes.ts";
import { scaledAxis } from "./scaled-axis.ts";

/** How slices are looked at. */
export interface SlicesView extends View {
  readonly basis: CostBasis;
  readonly scale: Scale;
  /** Position of the metric; `null` without one. */
  readonly metric: number | null;
}

const PANEL = { height: 112, gap: 14, left: 56, bottom: 46, narrowest: 180 };

/** Columns of panels that fit into a width. */
function columnsFor(width: number, count: number): number {
  return Math.max(1, Math.min(count, 4, Math.floor(width / PANEL.narrowest)));
}

/** Height that the panels need. */
export function slicesHeight(effects: readonly Effect[], metric: number | null, width: number): number {
  const bands = Math.ceil(effects.length / columnsFor(width, effects.length));
  return bands * bandHeight(metric) + 8;
}

function bandHeight(metric: number | null): number {
  return (metric === null ? 1 : 2) * (PANEL.height + PANEL.gap) + PANEL.bottom;
}

/** Each hyperparameter against cost and against the metric: one column of panels per parameter. */
export function optionSlices(chapter: Chapter, effects: readonly Effect[], view: SlicesView): ChartOption {
  const { theme, width, basis, scale, metric } = view;
  const runs = chapter.runs.filter(({ leftOut }) => leftOut === null);
  const columns = columnsFor(width, effects.length);
  const columnWidth = (width - PANEL.left - 12) / columns;
  const outcomes = [
    {
      name: `${costWord(basis)} (${scale.unit})`,
      color: theme.series[1],
      of: ({ cost }: Run) => (cost === null ? null : cost / scale.size),
    },
    ...metricOutcome(chapter.metrics, metric, theme.series[0]),
  ];
  const panels = effects.flatMap((effect, position) =>
    outcomes.map((outcome, line) => ({
      effect,
      outcome,
      line,
      column: position % columns,
      band: Math.floor(position / columns),
    })),
  );
  const base = common(theme);
  const drawn = panels.map(({ effect, outcome, line, column, band }, index) => {
    const parameter = chapter.parameters[effect.index];
    const categories = parameter?.categories ?? [];
    const isCategory = parameter?.kind !== "number";
    const pairs = runs.flatMap((run) => {
      const x = run.parameters[effect.index] ?? null;
      const y = outcome.of(run);
      return y === null || (x === null && !isCategory) ? [] : [{ x, y, run }];
    });
    const xs = numericScale(
      pairs.flatMap(({ x }) => (typeof x === "number" ? [x] : [])),
      parameter?.isLog ?? false,
    );
    const everyY = runs.flatMap((run) => outcome.of(run) ?? []);
    const ys = numericScale(everyY, line === 0 && isWide(everyY));
    const isLowest = line === outcomes.length - 1;
    const labels = { show: isLowest, color: theme.muted, fontSize: 10, hideOverlap: true };
    const numberAxis = scaledAxis(theme, isLowest ? clip(effect.name, 24) : "", 22, xs);
    const yAxis = scaledAxis(theme, column === 0 ? clip(outcome.name, 22) : "", 42, ys);
    return {
      grid: {
        left: PANEL.left + column * columnWidth,
        width: columnWidth - 14,
        top: 8 + band * bandHeight(metric) + line * (PANEL.height + PANEL.gap),
        height: PANEL.height,
      },
      xAxis: isCategory
        ? {
            ...axis(theme, isLowest ? clip(effect.name, 24) : "", 22),
            gridIndex: index,
            type: "category" as const,
            data: categories.map((text) => clip(text, 12)),
            splitLine: { show: false },
            axisLabel: labels,
          }
        : { ...numberAxis, gridIndex: index, axisLabel: { ...numberAxis.axisLabel, ...labels } },
      yAxis: { ...yAxis, gridIndex: index, axisLabel: { ...yAxis.axisLabel, show: column === 0, fontSize: 10 } },
      series: {
        type: "scatter" as const,
        xAxisIndex: index,
        yAxisIndex: index,
        symbolSize: 5,
        itemStyle: { color: outcome.color, opacity: 0.55 },
        data: pairs.map(({ x, y }) => [
          typeof x === "number" && !isCategory ? xs.position(x) : categories.indexOf(String(x)),
          ys.position(y),
        ]),
        tooltip: {
          formatter: (item: { readonly dataIndex: number }) => {
            const pair = pairs[item.dataIndex];
            if (!pair) return "";
            return tooltipHtml([
              clip(pair.run.id, 80),
              `${clip(effect.name, 40)} = ${clip(showValue(pair.x), 60)}`,
              `${clip(outcome.name, 60)} ${digits(pair.y, 4)}`,
            ]);
          },
        },
      },
    };
  });
  return {
    ...base,
    grid: drawn.map(({ grid }) => grid),
    xAxis: drawn.map(({ xAxis }) => xAxis),
    yAxis: drawn.map(({ yAxis }) => yAxis),
    series: drawn.map(({ series }) => series),
  };
}

function metricOutcome(metrics: readonly Metric[], position: number | null, color: string) {
  const metric = position === null ? undefined : metrics[position];
  if (!metric || position === null) return [];
  return [{ name: metricName(metric), color, of: (run: Run) => run.metrics[position] ?? null }];
}
