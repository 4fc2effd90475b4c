/** Which way a metric is better. */
export type Goal = "max" | "min";

const LOWER_IS_BETTER =
  /loss|error|(^|[^a-z])err([^a-z]|$)|perplexity|(^|[^a-z])(ppl|mse|rmse|mae|wer|cer|fid|nll|eer)([^a-z]|$)|latency|time|seconds/i;

/** Which way a metric is better, by its name: losses, errors and times when they are low, all else when it is high. */
export function metricGoal(name: string): Goal {
  return LOWER_IS_BETTER.test(name) ? "min" : "max";
}
