import { type Goal, metricGoal } from "@ea/analysis";
import type { RecordJson } from "@ea/records";
import type { Metric } from "./report-data.ts";

const IS_QUALITY = /acc|f1|auc|map|bleu|score|iou|recall|precision|r2/i;

/** The metrics that runs have. */
export function metricsOf(
  records: readonly RecordJson[],
  chosen: { readonly metric?: string | undefined; readonly goal?: Goal | undefined },
): readonly Metric[] {
  const names = [...new Set(records.flatMap(({ performance_metrics }) => Object.keys(performance_metrics)))];
  return names.map((name) => {
    const units = records.flatMap(({ attempts }) => attempts.at(-1)?.metrics?.[name]?.unit ?? []);
    const goal = name === chosen.metric && chosen.goal ? chosen.goal : metricGoal(name);
    return { name, goal, unit: units[0] ?? null };
  });
}

/** The value of a metric in a run. */
export function metricValue({ performance_metrics }: RecordJson, name: string): number | null {
  return Object.hasOwn(performance_metrics, name) ? (performance_metrics[name] ?? null) : null;
}

/** Position of the metric to begin with: the one asked for, else of those that most runs have a test metric, best a quality. */
export function firstMetric(
  metrics: readonly Metric[],
  records: readonly RecordJson[],
  asked: string | undefined,
): number | null {
  const wanted = metrics.findIndex(({ name }) => name === asked);
  if (wanted >= 0) return wanted;
  const rank = ({ name }: Metric): number => {
    const count = records.filter((record) => metricValue(record, name) !== null).length;
    return 100 * count + (/test/i.test(name) ? 10 : 0) + (IS_QUALITY.test(name) ? 2 : 0) + (/val/i.test(name) ? 1 : 0);
  };
  const best = metrics.toSorted((a, b) => rank(b) - rank(a))[0];
  return best ? metrics.indexOf(best) : null;
}
