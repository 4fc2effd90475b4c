import { checkCompiledMetric, compileMetric } from "./compile-metric.ts";
import { excerpt } from "./excerpt.ts";
import { type FatalMatch, type FatalPattern, FatalSearch } from "./fatal-search.ts";
import { LimitedScan } from "./limited-scan.ts";
import { LineCounter } from "./line-counter.ts";
import type { LogEncoding } from "./line-decoder.ts";
import { logWindows } from "./log-window.ts";
import { type MatchList, MatchLister } from "./match-list.ts";
import { metricCollector } from "./metric-collector.ts";
import type { MetricPattern } from "./metric-pattern.ts";
import { type MetricResult, toMetricResult } from "./metric-result.ts";
import { normaliseLog } from "./normalise-log.ts";
import type { TextSource } from "./text-source.ts";

/** What to look for in a log. */
export interface ScanLogOptions {
  readonly metrics: Readonly<Record<string, MetricPattern>>;
  readonly fatal?: readonly FatalPattern[] | undefined;
  /** How many matches of each metric to list from the start, and as many from the end. @default 0 */
  readonly listed?: number | undefined;
  /** A pattern that needs longer for a window of 1 Mi characters is given up. @default 5000 */
  readonly patternLimitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a log says: `metrics` in the order of their patterns, `fatal` in the order of their appearance. */
export interface LogScan {
  readonly metrics: readonly MetricResult[];
  readonly fatal: readonly FatalMatch[];
  /** Names of fatal patterns that were given up: whether they match is not known. */
  readonly fatalGivenUp: readonly string[];
  /** The matches of each metric, when they were to be listed. */
  readonly matches: readonly MatchList[];
  readonly lines: number;
  readonly encoding: Readonly<LogEncoding>;
  /** The last line that is not blank, at most 200 characters of it; `undefined` for an empty log. */
  readonly lastLine: string | undefined;
}

const PATTERN_LIMIT_MS = 5000;

/**
 * Finds metrics and fatal patterns in a log of any size, in constant memory. A match is found wherever the log is cut,
 * up to a length of 64 Ki characters; a longer one only inside of a window.
 *
 * @throws MetricsParserError `BAD_PATTERN`, before the log is read
 */
export async function scanLog(source: TextSource, options: ScanLogOptions): Promise<LogScan> {
  const { fatal = [], listed = 0, patternLimitMs = PATTERN_LIMIT_MS, signal } = options;
  const metrics = Object.entries(options.metrics).map(([name, pattern]) => compileMetric(name, pattern));
  for (const metric of metrics) await checkCompiledMetric(metric);
  const collectors = metrics.map(metricCollector);
  const fatalSearches = fatal.map((pattern) => new FatalSearch(pattern));
  const listers = listed > 0 ? metrics.map((metric) => new MatchLister(metric, listed)) : [];
  const scan = new LimitedScan([...collectors, ...fatalSearches, ...listers], patternLimitMs);
  const lines = new LineCounter();
  const encoding: LogEncoding = { name: "utf-8", gb18030Lines: 0, unreadable: 0 };
  let lastLine: string | undefined;
  for await (const window of logWindows(normaliseLog(source, encoding, signal))) {
    lines.enter(window);
    scan.scan(window, lines);
    if (window.isLast) lastLine = lastLineOf(window.text);
  }
  return {
    metrics: collectors.map((each) => toMetricResult(each.metric, each.collected(), scan.isGivenUp(each))),
    fatal: inOrder(fatalSearches),
    fatalGivenUp: fatalSearches.filter((search) => scan.isGivenUp(search)).map(({ name }) => name),
    matches: listers.map(({ list }) => list),
    lines: lines.lines,
    encoding,
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
