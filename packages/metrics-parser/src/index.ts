export type { BadRow } from "./bad-rows.ts";
export { checkPythonRegex } from "./check-python-regex.ts";
export {
  type ColumnStatistics,
  type ColumnStatisticsOptions,
  columnStatistics,
  type StatisticsProgress,
} from "./column-statistics.ts";
export { ColumnAccumulator, type ColumnSummary } from "./column-summary.ts";
export { checkMetric } from "./compile-metric.ts";
export { type CompileOptions, compilePythonRegex } from "./compile-python-regex.ts";
export { type EnergyTableSources, type EnergyTables, energyTables } from "./energy-tables.ts";
export { MetricsParserError, type MetricsParserErrorCode } from "./errors.ts";
export { FAILURE_PATTERNS } from "./failure-patterns.ts";
export type { FatalMatch, FatalPattern } from "./fatal-search.ts";
export { type FollowOptions, followFile } from "./follow-file.ts";
export type { LogEncoding } from "./line-decoder.ts";
export type { MatchList } from "./match-list.ts";
export { MetricAggregation, MetricPattern, MetricPatterns, metricPatternKeys } from "./metric-pattern.ts";
export type { MetricOutcome, MetricResult } from "./metric-result.ts";
export type { MetricHit } from "./metric-search.ts";
export type { MetricSeries, SeriesPoint } from "./metric-series.ts";
export { metricSetNames, metricSets } from "./metric-sets.ts";
export { type MetricResultJson, metricsToJson } from "./metrics-json.ts";
export type { MissingKind } from "./missing-kind.ts";
export type { NumberReading } from "./parse-number.ts";
export type { PrintedAs } from "./printed-as.ts";
export { type LogScan, type ScanLogOptions, scanLog } from "./scan-log.ts";
export { readTable, type TableCounts, type TableRow } from "./table-rows.ts";
export type { FileSource, TelemetrySource } from "./telemetry-source.ts";
export type { TextSource } from "./text-source.ts";
export type { TimeUnit } from "./time-cell.ts";
export { TimeSeries, type TimeSummary } from "./time-series.ts";
export { unzipped } from "./unzipped.ts";
