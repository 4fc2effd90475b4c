import type { MetricComparison } from "./compare-groups.ts";

/** `accuracy -0.2 pt ± 0.3 pt (0.912 → 0.910)`: shares in percentage points, everything else as it is. */
export function metricSentence({ name, difference, half, means }: MetricComparison): string {
  const isShare = means.every((mean) => mean >= 0 && mean <= 1);
  const [scale, unit] = isShare ? [100, " pt"] : [1, ""];
  const digits = decimals(half === undefined || half === 0 ? difference * scale : half * scale);
  const number = (value: number): string => (value * scale).toFixed(digits);
  const sign = difference > 0 ? "+" : "";
  const spread = half === undefined ? " (one run has no interval)" : ` ± ${number(half)}${unit}`;
  const [old, now] = means.map((mean) => String(Number(mean.toPrecision(4))));
  return `${name} ${sign}${number(difference)}${unit}${spread}, ${old} → ${now}`;
}

/** Decimals that leave two significant digits. */
function decimals(value: number): number {
  if (value === 0) return 1;
  return Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value)))));
}
