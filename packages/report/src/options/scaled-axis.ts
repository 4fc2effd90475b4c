import type { Theme } from "../theme.ts";
import { axis } from "./chart.ts";
import type { NumericScale } from "./numeric-scale.ts";

/** A value axis whose positions are those of a scale. */
export function scaledAxis(theme: Theme, name: string, nameGap: number, scale: NumericScale) {
  const base = axis(theme, name, nameGap);
  const customValues = [...scale.ticks];
  return {
    ...base,
    type: "value",
    min: scale.min,
    max: scale.max,
    axisTick: { ...base.axisTick, customValues },
    axisLabel: { ...base.axisLabel, customValues, formatter: (position: number) => scale.label(position) },
    splitLine: { show: false },
  } as const;
}
