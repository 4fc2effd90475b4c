import type { MetricPattern } from "./metric-pattern.ts";
import type { MetricHit, MetricSearch } from "./metric-search.ts";

/** How the search for a metric ended; only `found` is a success. */
export type MetricOutcome = "found" | "missing" | "not-finite" | "not-a-number" | "out-of-range";

/** What one metric's pattern found last in a log. */
export interface MetricResult {
  readonly name: string;
  /** Whether a result other than `found` makes the run a failure; false for a pattern given as a plain string. */
  readonly required: boolean;
  /** Whether the pattern was given as an object. */
  readonly richForm: boolean;
  readonly outcome: MetricOutcome;
  /** `undefined` unless the outcome is `found` or `out-of-range`. */
  readonly value: number | undefined;
  /** The captured text, at most 200 characters; `undefined` when nothing matched. */
  readonly text: string | undefined;
  /** The 1-based line where the match starts; `undefined` when nothing matched. */
  readonly line: number | undefined;
  /** How to mend the pattern, where that is known. */
  readonly hint: string | undefined;
}

/** Judges what `search` found by the rules of `pattern`. */
export function toMetricResult(name: string, pattern: MetricPattern, search: MetricSearch): MetricResult {
  const rich = typeof pattern === "string" ? undefined : pattern;
  const { hit } = search;
  const judged = judge(hit, rich?.range);
  return {
    name,
    required: rich !== undefined && (rich.required ?? true),
    richForm: rich !== undefined,
    ...judged,
    text: hit?.text,
    line: hit?.line,
    hint: hintFor(judged.outcome, search),
  };
}

function judge(
  hit: MetricHit | undefined,
  range: readonly [number, number] | undefined,
): Pick<MetricResult, "outcome" | "value"> {
  if (hit === undefined) return { outcome: "missing", value: undefined };
  if (hit.reading.kind !== "finite") return { outcome: hit.reading.kind, value: undefined };
  const { value } = hit.reading;
  const isInside = range === undefined || (value >= range[0] && value <= range[1]);
  return { outcome: isInside ? "found" : "out-of-range", value };
}

function hintFor(outcome: MetricOutcome, { pattern, hit }: MetricSearch): string | undefined {
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
  return undefined;
}
