import type { CostBasis } from "@ea/analysis";
import type { ReportData } from "../model/report-data.ts";
import { digits } from "../text/digits.ts";
import { costWord, counted } from "../text/names.ts";
import { scaleFor } from "../text/scale.ts";
import { axis, type ChartOption, common, tooltipHtml, type View } from "./chart.ts";

/** Height that so many reasons need. */
export function wasteHeight({ waste }: ReportData): number {
  return 66 + 26 * Math.max(1, waste.length);
}

/** What attempts that led to nothing have used, by why they failed; their time where there is no energy. */
export function optionWaste({ waste, basis }: ReportData, { theme }: View): ChartOption {
  const rows = waste.toReversed();
  const isEnergy = rows.some(({ joules }) => joules !== null);
  const values = rows.map(({ joules, seconds }) => (isEnergy ? joules : seconds));
  const scale = scaleFor([Math.max(0, ...values.map((value) => value ?? 0))], isEnergy ? "J" : "s");
  const base = common(theme);
  return {
    ...base,
    grid: { left: 8, right: 60, top: 8, bottom: 40, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      ...base.tooltip,
      formatter: (item) => {
        const row = Array.isArray(item) ? undefined : rows[item.dataIndex];
        return row ? tooltipHtml([row.failureClass, counted(row.attempts, "attempt"), `${digits(row.seconds)} s`]) : "";
      },
    },
    xAxis: { ...axis(theme, wasteTitle(basis, isEnergy, scale.unit), 26), type: "value" },
    yAxis: {
      ...axis(theme, "", 0),
      type: "category",
      data: rows.map(({ failureClass }) => failureClass),
      splitLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.ink, fontSize: 12, interval: 0 },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 12,
        itemStyle: { color: theme.series[1] },
        label: {
          show: true,
          position: "right",
          color: theme.muted,
          fontSize: 11,
          formatter: (item) => counted(rows[item.dataIndex]?.attempts ?? 0, "attempt"),
        },
        data: values.map((value) => (value === null ? "-" : value / scale.size)),
      },
    ],
  };
}

function wasteTitle(basis: CostBasis, isEnergy: boolean, unit: string): string {
  const what = isEnergy ? costWord(basis) : "time";
  return `${what} of attempts that led to nothing (${unit})`;
}
