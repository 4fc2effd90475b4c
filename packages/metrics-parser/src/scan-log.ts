import { excerpt } from "./excerpt.ts";
import { type FatalMatch, type FatalPattern, FatalSearch } from "./fatal-search.ts";
import { LineCounter } from "./line-counter.ts";
import { logWindows } from "./log-window.ts";
import type { MetricPattern } from "./metric-pattern.ts";
import { type MetricResult, toMetricResult } from "./metric-result.ts";
import { MetricSearch } from "./metric-search.ts";
import { normaliseLog } from "./normalise-log.ts";
import type { TextSource } from "./text-source.ts";

/** What to look for in a log. */
export interface ScanLogOptions {
  readonly metrics: Readonly<Record<string, MetricPattern>>;
  readonly fatal?: readonly FatalPattern[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a log says: `metrics` in the order of their patterns, `fatal` in the order of their appearance. */
export interface LogScan {
  readonly metrics: readonly MetricResult[];
  readonly fatal: readonly FatalMatch[];
  readonly lines: number;
  /** The last line that is not blank, at most 200 characters of it; `undefined` for an empty log. */
  readonly lastLine: string | undefined;
}

/**
 * Finds the last match of each metric and the first of each fatal pattern in a log of any size, in constant memory.
 * A match is found wherever the log is cut, up to a length of 64 Ki characters; a longer one only inside of a window.
 *
 * @throws MetricsParserError `BAD_PATTERN`, before the log is read
 */
export async function scanLog(source: TextSource, { metrics, fatal = [], signal }: ScanLogOptions): Promise<LogScan> {
  const searches = Object.entries(metrics).map(([name, pattern]) => {
    const search = new MetricSearch(name, typeof pattern === "string" ? pattern : pattern.pattern);
    return { name, pattern, search };
  });
  const fatalSearches = fatal.map((pattern) => new FatalSearch(pattern));
  const lines = new LineCounter();
  let lastLine: string | undefined;
  for await (const window of logWindows(normaliseLog(source, signal))) {
    lines.enter(window);
    for (const { search } of searches) search.scan(window, lines);
    for (const search of fatalSearches) search.scan(window, lines);
    if (window.isLast) lastLine = lastLineOf(window.text);
  }
  return {
    metrics: searches.map(({ name, pattern, search }) => toMetricResult(name, pattern, search)),
    fatal: inOrder(fatalSearches),
    lines: lines.lines,
    lastLine,
  };
}

function lastLineOf(text: string): string | undefined {
  const rest = text.trimEnd();
  const line = rest.slice(rest.lastIndexOf("\n") + 1).trim();
  return line === "" ? undefined : excerpt(line);
}

function inOrder(searches: readonly FatalSearch[]): readonly FatalMatch[] {
  return searches
    .flatMap(({ found }) => (found === undefined ? [] : [found]))
    .sort((a, b) => a.offset - b.offset)
    .map(({ match }) => match);
}
