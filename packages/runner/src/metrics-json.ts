import type { MetricResult } from "@ea/metrics-parser";
import type { MetricJson } from "@ea/records";

/** What was found in a log, as it stands in a record. */
export function metricsToJson(metrics: readonly MetricResult[]): Readonly<Record<string, MetricJson>> {
  return Object.fromEntries(metrics.map((metric) => [metric.name, metricToJson(metric)]));
}

function metricToJson(metric: MetricResult): MetricJson {
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
