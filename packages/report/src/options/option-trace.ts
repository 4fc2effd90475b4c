import type { RunTrace, TraceChannel } from "../report-input.ts";
import { clip } from "../text/clip.ts";
import { digits } from "../text/digits.ts";
import { scaleFor } from "../text/scale.ts";
import { axis, type ChartOption, common, legend, tooltipHtml, type View } from "./chart.ts";

const PANELS = [
  { kind: "power", title: "Power (W)", unit: "W", share: 2 },
  { kind: "temperature", title: "Temp. (°C)", unit: "°C", share: 1 },
  { kind: "utilisation", title: "Use (%)", unit: "%", share: 1 },
] as const;
const UNIT_HEIGHT = 84;
const GAP = 18;
const TOP = 34;
/** More epochs than that are marked without their names. */
const MOST_NAMED = 25;

/** Part of a trace, as shares of its length. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** How a trace is looked at. */
export interface TraceView extends View {
  readonly zoom: Zoom;
}

/** Height that a trace needs. */
export function traceHeight(trace: RunTrace): number {
  const panels = panelsOf(trace);
  return TOP + panels.reduce((sum, { share }) => sum + share * UNIT_HEIGHT + GAP, 0) + 66;
}

function panelsOf({ channels }: RunTrace) {
  return PANELS.filter(({ kind }) => channels.some((channel) => channel.kind === kind));
}

/** Power, temperature and utilisation over the time of a run, with the ends of its epochs; the panels zoom together. */
export function optionTrace(trace: RunTrace, { theme, zoom }: TraceView): ChartOption {
  const panels = panelsOf(trace);
  const last = Math.max(0, ...trace.channels.map(({ seconds }) => seconds.at(-1) ?? 0));
  const time = scaleFor([last], "s");
  const palette = [...theme.series, ...theme.more];
  const labels = [...new Set(trace.channels.map(({ label }) => label))];
  const tops = panels.map(
    (_, index) => TOP + panels.slice(0, index).reduce((sum, { share }) => sum + share * UNIT_HEIGHT + GAP, 0),
  );
  const indices = panels.map((_, index) => index);
  const base = common(theme);
  const lines = panels.flatMap((panel, index) =>
    trace.channels.filter(({ kind }) => kind === panel.kind).map((channel) => ({ channel, index, panel })),
  );
  return {
    ...base,
    legend: legend(theme, labels.length > 1 ? labels.map((label) => clip(label, 30)) : []),
    tooltip: {
      ...base.tooltip,
      trigger: "axis",
      formatter: (items) => {
        const all = Array.isArray(items) ? items : [items];
        const [first] = all;
        const rows = all.flatMap(({ seriesIndex, value }) => {
          const line = lines[seriesIndex ?? -1];
          const y = Array.isArray(value) ? Number(value[1]) : Number.NaN;
          return line && Number.isFinite(y)
            ? [`${clip(line.channel.label, 40)}: ${digits(y, 4)} ${line.panel.unit}`]
            : [];
        });
        const x = first && Array.isArray(first.value) ? Number(first.value[0]) : 0;
        return tooltipHtml([`${digits(x, 4)} ${time.unit}`, ...new Set(rows)]);
      },
    },
    axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: theme.muted } },
    grid: panels.map(({ share }, index) => ({
      left: 58,
      right: 18,
      top: tops[index] ?? TOP,
      height: share * UNIT_HEIGHT,
    })),
    xAxis: panels.map((_, index) => {
      const isLowest = index === panels.length - 1;
      const own = axis(theme, isLowest ? `Time since the run's start (${time.unit})` : "", 24);
      return {
        ...own,
        gridIndex: index,
        type: "value",
        min: 0,
        max: last / time.size,
        axisLabel: {
          ...own.axisLabel,
          show: isLowest,
          showMaxLabel: false,
          formatter: (value: number) => String(Number(value.toPrecision(3))),
        },
        splitLine: { show: false },
      };
    }),
    yAxis: panels.map(({ title, kind }, index) => ({
      ...axis(theme, title, 42),
      gridIndex: index,
      type: "value",
      scale: kind === "temperature",
      splitNumber: kind === "power" ? 4 : 2,
      ...(kind === "utilisation" && { min: 0, max: 100 }),
    })),
    dataZoom: [
      { type: "inside", xAxisIndex: indices, start: 100 * zoom.from, end: 100 * zoom.to, zoomOnMouseWheel: "ctrl" },
      {
        type: "slider",
        xAxisIndex: indices,
        start: 100 * zoom.from,
        end: 100 * zoom.to,
        bottom: 4,
        height: 16,
        showDetail: false,
        borderColor: theme.grid,
        fillerColor: `${theme.series[0]}33`,
        dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
        selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
        handleStyle: { color: theme.background, borderColor: theme.muted },
        moveHandleSize: 0,
        brushSelect: false,
      },
    ],
    series: lines.map(({ channel, index }, position) => {
      const color = palette[labels.indexOf(channel.label) % palette.length] ?? theme.dot;
      const isFirst = lines.findIndex((line) => line.index === index) === position;
      return {
        name: clip(channel.label, 30),
        type: "line",
        xAxisIndex: index,
        yAxisIndex: index,
        symbol: "none",
        color,
        lineStyle: { width: 1.1, color },
        data: points(channel, time.size),
        ...(isFirst && { markLine: epochLines(trace, time.size, theme.muted, index === 0) }),
      };
    }),
  };
}

function points({ seconds, values }: TraceChannel, size: number) {
  return seconds.map((second, index) => [second / size, values[index] ?? "-"]);
}

function epochLines({ epochs }: RunTrace, size: number, color: string, isTop: boolean) {
  const isNamed = isTop && epochs.length <= MOST_NAMED;
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color, width: 0.8, type: [2, 3], opacity: 0.7 },
    label: { show: isNamed, position: "end" as const, color, fontSize: 10, distance: 2 },
    data: epochs.map(({ seconds, label }) => ({ xAxis: seconds / size, label: { formatter: clip(label, 8) } })),
  };
}
