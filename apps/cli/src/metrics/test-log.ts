import { type MetricHit, type MetricPattern, metricsToJson, scanLog } from "@ea/metrics-parser";
import type { Flag, MetricJson } from "@ea/records";
import { fatalPatterns, judge, type RepositoryConfig } from "@ea/runner";
import type { ParseInput } from "../parse/parse-input.ts";

/** How many matches of a pattern are shown from the start of the log, and how many from its end. */
const SHOWN = 5;

/** A match as it is shown. */
export interface ShownMatch {
  readonly line: number;
  readonly text: string;
  readonly value: number | null;
}

/** A metric as it is shown: its pattern, what would be recorded, its matches. */
export interface TestedMetric extends MetricJson {
  readonly pattern: MetricPattern;
  readonly required: boolean | "any";
  readonly hint: string | null;
  readonly matches: {
    readonly count: number;
    readonly first: readonly ShownMatch[];
    readonly last: readonly ShownMatch[];
  };
}

/** The document of `ea metrics test`. */
export interface TestDocument {
  readonly log: string;
  readonly lines: number;
  readonly encoding: { readonly name: string; readonly gb18030_lines: number; readonly unreadable: number };
  readonly metrics: Readonly<Record<string, TestedMetric>>;
  /** What a run would record that exits with 0 and leaves this log. */
  readonly recorded: {
    readonly status: string;
    readonly failure_class: string | null;
    readonly error_message: string;
    readonly performance_metrics: Readonly<Record<string, number>>;
    readonly flags: readonly Flag[];
  };
}

/** Tries the patterns of a repository on a log. */
export async function testLog(input: ParseInput, config: RepositoryConfig): Promise<TestDocument> {
  const patterns = config.performance_metrics.log_patterns;
  const fatal = fatalPatterns(config.fatal_patterns);
  const scan = await scanLog(input.bytes, { metrics: patterns, fatal, listed: SHOWN });
  const { name: encoding, gb18030Lines, unreadable } = scan.encoding;
  const exit = { exitCode: 0, signal: undefined, endedBy: undefined, spawnError: undefined };
  const verdict = judge({ exit, log: scan, timeoutSeconds: 0, stallSeconds: 0, implausible: undefined });
  const json = metricsToJson(scan.metrics);
  const lists = new Map(scan.matches.map((list) => [list.name, list]));
  const metrics = scan.metrics.flatMap(({ name, required, hint }) => {
    const [found, pattern] = [json[name], patterns[name]];
    if (found === undefined || pattern === undefined) return [];
    const { count = 0, first = [], last = [] } = lists.get(name) ?? {};
    const matches = { count, first: first.map(shown), last: last.map(shown) };
    return [[name, { pattern, required, ...found, hint: hint ?? null, matches }] as const];
  });
  return {
    log: input.name,
    lines: scan.lines,
    encoding: { name: encoding, gb18030_lines: gb18030Lines, unreadable },
    metrics: Object.fromEntries(metrics),
    recorded: {
      status: verdict.status,
      failure_class: verdict.failureClass ?? null,
      error_message: verdict.errorMessage,
      performance_metrics: verdict.metrics,
      flags: verdict.flags,
    },
  };
}

function shown({ line, text, reading }: MetricHit): ShownMatch {
  return { line, text, value: reading.kind === "finite" ? reading.value : null };
}
