import type { CompiledMetric } from "./compile-metric.ts";
import type { Collected } from "./metric-collector.ts";
import type { MetricAggregation } from "./metric-pattern.ts";
import type { MetricHit } from "./metric-search.ts";
import type { MetricSeries } from "./metric-series.ts";
import type { PrintedAs } from "./printed-as.ts";

/**
 * How the search for a metric ended; only `found` is a success. `count` is a number such as the 4396 of `4396/5000`
 * where a measure was asked for; `too-slow` is a pattern that was given up.
 */
export type MetricOutcome = "found" | "missing" | "not-finite" | "not-a-number" | "out-of-range" | "count" | "too-slow";

/** What one metric's pattern found in a log. */
export interface MetricResult {
  readonly name: string;
  /** Whether a result other than `found` makes the run a failure; `any`: when no other one so marked is found either. */
  readonly required: boolean | "any";
  /** Whether the pattern was given as an object. */
  readonly richForm: boolean;
  readonly aggregation: MetricAggregation;
  readonly outcome: MetricOutcome;
  /** `undefined` unless the outcome is `found` or `out-of-range`. */
  readonly value: number | undefined;
  /** As it was given, `%` when the log says so; `undefined` when neither tells. */
  readonly unit: string | undefined;
  /** What stands after the number in the log, where that changes what it means. */
  readonly printed: PrintedAs | undefined;
  /** The captured text, at most 200 characters; `undefined` when nothing matched. */
  readonly text: string | undefined;
  /** The 1-based line where the match starts; `undefined` when nothing matched. */
  readonly line: number | undefined;
  /** How many matches were no finite number; `undefined` where not all matches were looked at. */
  readonly notFinite: number | undefined;
  /** All matches, when the aggregation is `all`. */
  readonly series: MetricSeries | undefined;
  /** How to mend the pattern, where that is known. */
  readonly hint: string | undefined;
}

/** Judges what was found of a metric by its own rules; `isGivenUp` when its search took too long. */
export function toMetricResult(metric: CompiledMetric, collected: Collected, isGivenUp: boolean): MetricResult {
  const { name, given } = metric;
  const rich = typeof given === "string" ? undefined : given;
  const { notFinite, series } = collected;
  const hit = isGivenUp ? undefined : collected.hit;
  const judged = isGivenUp ? ({ outcome: "too-slow", value: undefined } as const) : judge(metric, hit);
  return {
    name,
    required: rich === undefined ? "any" : (rich.required ?? true),
    richForm: rich !== undefined,
    aggregation: rich?.aggregation ?? "last",
    ...judged,
    unit: rich?.unit ?? (hit?.printed === "percent" && rich?.as === undefined ? "%" : undefined),
    printed: rich?.as === undefined ? hit?.printed : undefined,
    text: hit?.text,
    line: hit?.line,
    notFinite: isGivenUp ? undefined : notFinite,
    series: isGivenUp ? undefined : series,
    hint: hintFor(judged.outcome, metric, hit),
  };
}

function judge({ given }: CompiledMetric, hit: MetricHit | undefined): Pick<MetricResult, "outcome" | "value"> {
  if (hit === undefined) return { outcome: "missing", value: undefined };
  if (hit.reading.kind !== "finite") return { outcome: hit.reading.kind, value: undefined };
  const { value } = hit.reading;
  if (typeof given === "string") return { outcome: "found", value }; // as the original did, with a flag
  if (hit.printed === "count" && given.as === undefined && given.unit === undefined) {
    return { outcome: "count", value: undefined };
  }
  const isInside = given.range === undefined || (value >= given.range[0] && value <= given.range[1]);
  return { outcome: isInside ? "found" : "out-of-range", value };
}

function hintFor(
  outcome: MetricOutcome,
  { pattern, given }: CompiledMetric,
  hit: MetricHit | undefined,
): string | undefined {
  if (outcome === "missing" && pattern.logAnchors.has("^")) {
    return "`^` matches only at the start of the log; write (?m)^ for line starts";
  }
  if (outcome === "missing" && pattern.logAnchors.has("$")) {
    return "`$` matches only at the end of the log; write (?m) at the start of the pattern for line ends";
  }
  if (outcome === "not-a-number" && pattern.groups === 0) {
    return "the pattern has no group, so its whole match is taken; put ( ) around the number";
  }
  if (outcome === "not-a-number" && hit?.text.endsWith(".")) {
    return "the group takes the full stop after the number; write ([0-9]+(?:\\.[0-9]+)?)";
  }
  const isPlain = typeof given === "string";
  if (outcome === "count" || (outcome === "found" && isPlain && hit?.printed === "count")) {
    return 'for the ratio write ([0-9]+)/([0-9]+) and "as": "ratio"; for the count give it a "unit"';
  }
  if (outcome === "too-slow") {
    return "let it begin with a fixed text, and no two repetitions side by side take the same characters";
  }
  return undefined;
}
