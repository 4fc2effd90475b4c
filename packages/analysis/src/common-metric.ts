import type { RecordJson } from "@ea/records";

/**
 * Name of the metric that most successful runs have; of several the first of data that were not trained on, such as
 * `test_loss` or `eval_accuracy`, else the first. `undefined` when there is none.
 */
export function commonMetric(
  records: readonly Pick<RecordJson, "status" | "performance_metrics">[],
): string | undefined {
  const counts = new Map<string, number>();
  for (const { status, performance_metrics: metrics } of records) {
    if (status === "success") for (const name of Object.keys(metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  const names = [...counts].flatMap(([name, count]) => (count === most ? [name] : []));
  return names.find((name) => /test|val/i.test(name)) ?? names[0];
}
