import type { CompiledMetric } from "./compile-metric.ts";
import type { LineCounter } from "./line-counter.ts";
import { lineAround, timeStamp } from "./line-facts.ts";
import type { LogWindow } from "./log-window.ts";
import { type MetricHit, MetricSearch } from "./metric-search.ts";
import { type MetricSeries, SeriesBuilder } from "./metric-series.ts";
import type { Match } from "./pattern-search.ts";
import { readMatch } from "./read-match.ts";
import { XSearch } from "./x-search.ts";

/** What was found of a metric. */
export interface Collected {
  /** The match that counts; where the training ended with nan or inf, that one. */
  readonly hit: MetricHit | undefined;
  /** How many matches were no finite number; `undefined` where not all matches were looked at. */
  readonly notFinite: number | undefined;
  readonly series: MetricSeries | undefined;
}

/** Collects one metric, window by window. */
export interface MetricCollector {
  readonly metric: CompiledMetric;
  scan(window: LogWindow, lines: LineCounter): void;
  collected(): Collected;
}

/** The collector for the aggregation of a metric. */
export function metricCollector(metric: CompiledMetric): MetricCollector {
  const { given } = metric;
  const aggregation = typeof given === "string" ? "last" : (given.aggregation ?? "last");
  switch (aggregation) {
    case "last":
    case "first":
      return single(metric, aggregation === "first");
    case "min":
      return extreme(metric, (value, best) => value < best);
    case "max":
      return extreme(metric, (value, best) => value > best);
    case "all":
    case "each":
      return series(metric, new SeriesBuilder({ isOnePerX: aggregation === "each" }));
  }
}

function single(metric: CompiledMetric, isFirst: boolean): MetricCollector {
  const search = new MetricSearch(metric);
  let hit: MetricHit | undefined;
  return {
    metric,
    scan(window, lines) {
      if (!isFirst) hit = search.last(window, lines) ?? hit;
      else if (hit === undefined) {
        search.each(window, (match) => {
          hit ??= search.hit(match, window, lines);
        });
      }
    },
    collected: () => ({ hit, notFinite: undefined, series: undefined }),
  };
}

function extreme(metric: CompiledMetric, isBetter: (value: number, best: number) => boolean): MetricCollector {
  const search = new MetricSearch(metric);
  let best: { readonly value: number; readonly hit: MetricHit } | undefined;
  let last: MetricHit | undefined;
  let notFinite = 0;
  return {
    metric,
    scan(window, lines) {
      let lastMatch: Match | undefined;
      search.each(window, (match) => {
        lastMatch = match;
        const { reading } = readMatch(match, metric.given);
        if (reading.kind !== "finite") notFinite += 1;
        else if (best === undefined || isBetter(reading.value, best.value)) {
          best = { value: reading.value, hit: search.hit(match, window, lines) };
        }
      });
      if (lastMatch !== undefined) last = search.hit(lastMatch, window, lines);
    },
    collected: () => ({
      hit: last?.reading.kind === "not-finite" ? last : (best?.hit ?? last),
      notFinite,
      series: undefined,
    }),
  };
}

function series(metric: CompiledMetric, builder: SeriesBuilder): MetricCollector {
  const search = new MetricSearch(metric);
  const xs = metric.x && new XSearch(metric.x);
  let last: MetricHit | undefined;
  let notFinite = 0;
  return {
    metric,
    scan(window, lines) {
      let lastMatch: Match | undefined;
      xs?.enter(window);
      search.each(window, (match) => {
        lastMatch = match;
        const { reading } = readMatch(match, metric.given);
        if (reading.kind !== "finite") notFinite += 1;
        const around = lineAround(window, match);
        builder.add({
          x: xs?.at(match.start, around),
          value: reading.kind === "finite" ? reading.value : undefined,
          time: timeStamp(around.line),
          line: lines.lineAt(match.start),
        });
      });
      if (lastMatch !== undefined) last = search.hit(lastMatch, window, lines);
    },
    collected: () => ({ hit: last, notFinite, series: builder.series }),
  };
}
