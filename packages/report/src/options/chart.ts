import type { EChartsOption } from "echarts";
import { escapeHtml } from "../text/escape-html.ts";
import type { Theme } from "../theme.ts";

/** What a chart is drawn from; the same in a browser and in Node. */
export type ChartOption = EChartsOption;

/** How a chart is looked at. */
export interface View {
  readonly theme: Theme;
  /** Width in CSS pixels: a phone's charts have fewer columns. */
  readonly width: number;
}

/** Without quotes, which not every reader of SVG understands. */
const FONTS = "system-ui, Segoe UI, Roboto, Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif";

/** What every chart begins with. */
export function common(theme: Theme) {
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: {
      fontFamily: FONTS,
      color: theme.ink,
    },
    tooltip: {
      backgroundColor: theme.background,
      borderColor: theme.grid,
      textStyle: { color: theme.ink, fontSize: 12 },
      confine: true,
      transitionDuration: 0,
    },
  } as const;
}

/** A legend above the chart, at its right. */
export function legend(theme: Theme, data?: readonly string[]) {
  return {
    top: 0,
    right: 4,
    itemWidth: 16,
    itemHeight: 9,
    itemGap: 18,
    textStyle: { color: theme.muted, fontSize: 12 },
    ...(data && { data: [...data] }),
  };
}

/** Lines of a tooltip as HTML; the first one is bold. */
export function tooltipHtml([title = "", ...lines]: readonly string[]): string {
  return [`<b>${escapeHtml(title)}</b>`, ...lines.map(escapeHtml)].join("<br>");
}

/** The parts of an axis that are the same everywhere; its name stands beside its middle. */
export function axis(theme: Theme, name: string, nameGap: number) {
  return {
    name,
    nameLocation: "middle",
    nameGap,
    nameTextStyle: { color: theme.muted, fontSize: 12 },
    axisLine: { show: true, lineStyle: { color: theme.muted } },
    axisTick: { show: true, lineStyle: { color: theme.muted } },
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true },
  } as const;
}
