import type { MetricResult } from "@ea/metrics-parser";
import { compareLogs, firstDifference, type LineDifference, type TwoValues } from "./log-difference.ts";
import type { ProbeTraining } from "./probe-training.ts";

/** Whether a parameter changes what the training does. */
export interface ProbeVerdict {
  readonly verdict: "effective" | "no effect seen" | "fails" | "undetermined";
  /** A sentence. */
  readonly evidence: string;
}

/** Metrics that tell of the machine and not of the training. */
const ABOUT_TIME = /time|runtime|duration|second|elapsed|throughput|speed|memory|energy|power/i;

/**
 * Compares a training with a reference that was trained twice, by its metrics and by the lines that it printed. What
 * differs between the two references proves nothing.
 *
 * @param flagged what the training says of the parameter when that is something else than was asked for.
 */
export function probeVerdict(
  { first, repeat }: { readonly first: ProbeTraining; readonly repeat: ProbeTraining },
  variant: ProbeTraining,
  values: TwoValues,
  flagged: string | undefined,
): ProbeVerdict {
  const { failureClass, errorMessage } = variant.verdict;
  if (variant.isTimeout) return { verdict: "undetermined", evidence: errorMessage };
  if (failureClass === "nan") return { verdict: "effective", evidence: errorMessage };
  if (failureClass !== undefined) return { verdict: "fails", evidence: errorMessage };

  const stable = stableMetrics(first.metrics, repeat.metrics);
  const after = new Map(variant.metrics.map((metric) => [metric.name, metricText(metric)]));
  const changed = [...stable].find(([name, before]) => after.get(name) !== before);
  if (changed) {
    const [name, before] = changed;
    return { verdict: "effective", evidence: `${name} ${after.get(name)} instead of ${before}` };
  }
  const { difference, isEchoed } = compareLogs({ first: first.lines, repeat: repeat.lines }, variant.lines, values);
  if (difference) return { verdict: "effective", evidence: lineText(difference) };
  const noise = noiseOf(first, repeat);
  if (noise !== undefined) {
    return { verdict: "undetermined", evidence: `the same training twice differs as well: ${noise}` };
  }
  if (flagged !== undefined) return { verdict: "no effect seen", evidence: flagged };
  const evidence = isEchoed ? "it prints the value, and all else stays the same" : "it prints the same";
  return { verdict: "no effect seen", evidence };
}

function comparable(metrics: readonly MetricResult[]): readonly MetricResult[] {
  return metrics.filter(({ name }) => !ABOUT_TIME.test(name));
}

/** The metrics that came out the same twice. */
function stableMetrics(first: readonly MetricResult[], repeat: readonly MetricResult[]): ReadonlyMap<string, string> {
  const again = new Map(repeat.map((metric) => [metric.name, metricText(metric)]));
  const same = comparable(first).filter((metric) => again.get(metric.name) === metricText(metric));
  return new Map(same.map((metric) => [metric.name, metricText(metric)]));
}

function metricText({ outcome, value, text, series }: MetricResult): string {
  const points = series?.points.map((point) => `${point.x}:${point.value}`).join(" ");
  return [value ?? text ?? outcome, points].filter((part) => part !== undefined).join(" ");
}

/** In what two equal trainings differ; `undefined` when in nothing. */
function noiseOf(first: ProbeTraining, repeat: ProbeTraining): string | undefined {
  const again = new Map(repeat.metrics.map((metric) => [metric.name, metricText(metric)]));
  const metric = comparable(first.metrics).find((each) => again.get(each.name) !== metricText(each));
  if (metric) return `${metric.name} ${metricText(metric)} and ${again.get(metric.name)}`;
  const line = firstDifference(first.lines, repeat.lines);
  return line && lineText({ before: line.after, after: line.before });
}

function lineText({ before, after }: LineDifference): string {
  if (after === undefined) return `it does not print ${quoted(before)}`;
  return before === undefined
    ? `it prints also ${quoted(after)}`
    : `it prints ${quoted(after)} instead of ${quoted(before)}`;
}

function quoted(line = ""): string {
  return `"${line.length > 100 ? `${line.slice(0, 97)}…` : line}"`;
}
