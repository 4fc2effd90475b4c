import type { CostBasis, Goal } from "@ea/analysis";
import type { CustomSeriesRenderItem } from "echarts";
import type { Chapter } from "../model/report-data.ts";
import { type TradeOffPoint, tradeOff } from "../model/trade-off.ts";
import { clip } from "../text/clip.ts";
import { withHalf } from "../text/digits.ts";
import { costName, counted, metricName } from "../text/names.ts";
import type { Scale } from "../text/scale.ts";
import { type ChartOption, common, legend, tooltipHtml, type View } from "./chart.ts";
import { numericScale } from "./numeric-scale.ts";
import { scaledAxis } from "./scaled-axis.ts";

/** Names of the series, as in the legend. */
const NAMES = { dominated: "dominated", optimal: "Pareto-optimal", front: "Pareto front" };
const FADED = 0.12;

/** How the trade-off is looked at. */
export interface TradeOffView extends View {
  readonly metric: number;
  readonly goal: Goal;
  readonly isLog: boolean;
  readonly scale: Scale;
  /** Configurations that are not faded; all of them when `undefined`. */
  readonly selected?: ReadonlySet<number> | undefined;
}

/** Cost against a metric: configurations with 95 % intervals, and the Pareto front as a staircase. Open marks have n = 1. */
export function optionEnergyMetric(chapter: Chapter, basis: CostBasis, view: TradeOffView): ChartOption {
  const { theme, metric, goal, scale, selected } = view;
  const { points, front } = tradeOff(chapter, metric, goal);
  const cost = (value: number): number => value / scale.size;
  const spread = points.flatMap(({ configuration: { cost: c } }) => [
    cost(c.mean - (c.half ?? 0)),
    cost(c.mean + (c.half ?? 0)),
  ]);
  const centres = points.map(({ x }) => cost(x));
  const smallest = Math.min(...centres);
  // An interval may reach below zero, where a logarithm ends and where no energy is
  const seen = view.isLog ? spread.filter((x) => x > smallest / 4) : spread.map((x) => Math.max(x, 0));
  const reach = numericScale(withinReach(centres, seen), view.isLog);
  const xs = reach.isLog ? reach : { ...reach, min: Math.max(reach.min, 0) };
  const ys = numericScale(
    withinReach(
      points.map(({ y }) => y),
      points.flatMap(({ y, metric: m }) => [y - (m.half ?? 0), y + (m.half ?? 0)]),
    ),
    false,
  );
  const place = (x: number): number => (xs.isLog ? xs.position(Math.max(x, 10 ** xs.min)) : x);
  const opacity = (index: number): number => (selected && !selected.has(index) ? FADED : 1);
  // Where all are flagged, marks tell nothing apart
  const tellsApart = points.some(({ configuration }) => !configuration.isFlagged);
  const mark = (point: TradeOffPoint) => {
    const colour = point.isOptimal ? theme.accent : theme.dot;
    const isOpen = point.configuration.cost.n === 1;
    return {
      value: [place(cost(point.x)), point.y],
      name: String(point.index),
      itemStyle: {
        color: isOpen ? theme.background : colour,
        borderColor: colour,
        borderWidth: 1.5,
        opacity: opacity(point.index),
      },
      ...(tellsApart &&
        point.configuration.isFlagged && {
          label: {
            show: true,
            formatter: "!",
            position: "right",
            distance: 1,
            color: theme.muted,
            fontSize: 11,
          } as const,
        }),
    };
  };
  const words = (point: TradeOffPoint): string => {
    const { configuration, metric: m } = point;
    const names = chapter.metrics[metric];
    return tooltipHtml([
      clip(configuration.label, 120),
      `${withHalf(cost(configuration.cost.mean), configuration.cost.half === undefined ? undefined : cost(configuration.cost.half))} ${scale.unit}`,
      `${clip(names ? metricName(names) : "", 60)} ${withHalf(m.mean, m.half, 4)}`,
      counted(configuration.cost.n, "run"),
      ...(configuration.isFlagged ? ["flagged: see the table"] : []),
    ]);
  };
  const byName = new Map(points.map((point) => [String(point.index), point]));
  const xTitle = `${costName(basis)} (${scale.unit}${xs.isLog ? ", log scale" : ""})`;
  const yMetric = chapter.metrics[metric];
  const base = common(theme);
  return {
    ...base,
    grid: { left: 58, right: 18, top: 34, bottom: 48 },
    legend: legend(theme, [NAMES.dominated, NAMES.optimal, NAMES.front]),
    tooltip: {
      ...base.tooltip,
      trigger: "item",
      formatter: (item) => {
        const point = Array.isArray(item) ? undefined : byName.get(item.name);
        return point ? words(point) : "";
      },
    },
    xAxis: scaledAxis(theme, xTitle, 30, xs),
    yAxis: scaledAxis(theme, yMetric ? clip(metricName(yMetric), 60) : "", 42, ys),
    series: [
      {
        name: "95 % interval",
        type: "custom",
        silent: true,
        z: 1,
        clip: true,
        renderItem: interval(theme.dot),
        data: points
          .filter(({ configuration }) => configuration.cost.n > 1)
          .map(({ index, configuration: { cost: c }, metric: m, x, y }) => [
            place(cost(x)),
            y,
            place(cost(x - (c.half ?? 0))),
            place(cost(x + (c.half ?? 0))),
            y - (m.half ?? 0),
            y + (m.half ?? 0),
            opacity(index),
          ]),
      },
      {
        name: NAMES.front,
        type: "line",
        step: "end",
        symbol: "none",
        silent: true,
        z: 2,
        color: theme.accent,
        lineStyle: { color: theme.accent, width: 1.2, type: [5, 3] },
        data: front.map(({ x, y }) => [place(cost(x)), y]),
      },
      {
        name: NAMES.dominated,
        type: "scatter",
        symbol: "circle",
        symbolSize: 8,
        z: 3,
        color: theme.dot,
        cursor: "pointer",
        data: points.filter(({ isOptimal }) => !isOptimal).map(mark),
      },
      {
        name: NAMES.optimal,
        type: "scatter",
        symbol: "diamond",
        symbolSize: 12,
        z: 4,
        color: theme.accent,
        cursor: "pointer",
        data: points.filter(({ isOptimal }) => isOptimal).map(mark),
      },
    ],
  };
}

/** Centres, and ends of intervals no further from them than they spread: two repetitions alone would press all others together. */
function withinReach(centres: readonly number[], ends: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...centres), Math.max(...centres)];
  const span = high - low || Infinity;
  return [...centres, ...ends.map((end) => Math.min(Math.max(end, low - span), high + span))];
}

/** A cross of two lines: the interval of the cost and that of the metric. */
function interval(colour: string): CustomSeriesRenderItem {
  return (_, api) => {
    const at = (index: number): number => Number(api.value(index));
    const line = (from: readonly [number, number], to: readonly [number, number]) => {
      const [x1 = 0, y1 = 0] = api.coord([...from]);
      const [x2 = 0, y2 = 0] = api.coord([...to]);
      const style = { stroke: colour, lineWidth: 1, opacity: 0.75 * at(6) };
      return { type: "line", shape: { x1, y1, x2, y2 }, style } as const;
    };
    return { type: "group", children: [line([at(2), at(1)], [at(3), at(1)]), line([at(0), at(4)], [at(0), at(5)])] };
  };
}
