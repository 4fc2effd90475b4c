import type { Association, CostBasis } from "@ea/analysis";
import type { Effect } from "../model/effects.ts";
import type { Metric } from "../model/report-data.ts";
import { clip } from "../text/clip.ts";
import { costWord, metricName } from "../text/names.ts";
import { axis, type ChartOption, common, legend, tooltipHtml, type View } from "./chart.ts";

/** How effects are looked at. */
export interface EffectsView extends View {
  readonly basis: CostBasis;
  readonly metric: Metric | undefined;
}

/** Height that so many parameters need. */
export function effectsHeight(effects: readonly Effect[]): number {
  return 84 + 30 * Math.max(effects.length, 1);
}

/** How strongly each hyperparameter goes with cost and metric, as bars from −1 to 1; the strongest on top. */
export function optionEffects(effects: readonly Effect[], { theme, basis, metric }: EffectsView): ChartOption {
  const [blue, orange] = theme.series;
  const rows = effects.toReversed();
  const base = common(theme);
  const bars = (name: string, color: string, of: (effect: Effect) => Association | undefined) => ({
    name,
    type: "bar" as const,
    barMaxWidth: 9,
    color,
    data: rows.map((effect) => {
      const found = of(effect);
      return found ? found.value : "-";
    }),
    tooltip: {
      formatter: (item: { readonly dataIndex: number; readonly seriesName?: string }) => {
        const effect = rows[item.dataIndex];
        const found = effect && of(effect);
        return found ? tooltipHtml([clip(effect.name, 80), `${clip(name, 60)}: ${associationText(found)}`]) : "";
      },
    },
  });
  return {
    ...base,
    grid: { left: 8, right: 18, top: 30, bottom: 40, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: legend(theme),
    xAxis: {
      ...axis(theme, "rank correlation ρ (categories: correlation ratio η)", 26),
      type: "value",
      min: -1,
      max: 1,
    },
    yAxis: {
      ...axis(theme, "", 0),
      type: "category",
      data: rows.map(({ name }) => clip(name, 24)),
      splitLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.ink, fontSize: 12, interval: 0 },
    },
    series: [
      bars(costWord(basis), orange, ({ cost }) => cost),
      ...(metric ? [bars(clip(metricName(metric), 40), blue, (effect) => effect.metric)] : []),
    ],
  };
}

/** `ρ = −0.42, n = 40` */
export function associationText({ kind, value, n }: Association): string {
  return `${kind === "rho" ? "ρ" : "η"} = ${value.toFixed(2).replace("-", "−")}, n = ${n}`;
}
