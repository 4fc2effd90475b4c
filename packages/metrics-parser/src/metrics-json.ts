import type { MetricAggregation } from "./metric-pattern.ts";
import type { MetricOutcome, MetricResult } from "./metric-result.ts";
import type { PrintedAs } from "./printed-as.ts";

/** A point of a series as JSON. */
type PointJson = {
  readonly x: number | null;
  readonly value: number | null;
  readonly time: string | null;
  readonly line: number;
};

/** What a pattern found as JSON: `null` is what is absent. */
export type MetricResultJson = {
  outcome: MetricOutcome;
  value: number | null;
  unit: string | null;
  aggregation: MetricAggregation;
  printed: PrintedAs | null;
  text: string | null;
  line: number | null;
  not_finite: number | null;
  series: { count: number; every: number; points: PointJson[] } | null;
};

/** What was found in a log, as it stands in a record. */
export function metricsToJson(metrics: readonly MetricResult[]): Readonly<Record<string, MetricResultJson>> {
  return Object.fromEntries(metrics.map((metric) => [metric.name, metricToJson(metric)]));
}

function metricToJson(metric: MetricResult): MetricResultJson {
  const { series } = metric;
  const points = series?.points.map(({ x, value, time, line }) => ({
    x: x ?? null,
    value: value ?? null,
    time: time ?? null,
    line,
  }));
  return {
    outcome: metric.outcome,
    value: metric.value ?? null,
    unit: metric.unit ?? null,
    aggregation: metric.aggregation,
    printed: metric.printed ?? null,
    text: metric.text ?? null,
    line: metric.line ?? null,
    not_finite: metric.notFinite ?? null,
    series: series && points ? { count: series.count, every: series.every, points } : null,
  };
}
