export { type ColumnStatistics, type ColumnStatisticsOptions, columnStatistics } from "./column-statistics.ts";
export type { ColumnSummary } from "./column-summary.ts";
export { type CompileOptions, compilePythonRegex } from "./compile-python-regex.ts";
export { MetricsParserError, type MetricsParserErrorCode } from "./errors.ts";
export type { FatalMatch, FatalPattern } from "./fatal-search.ts";
export { MetricPattern, MetricPatterns } from "./metric-pattern.ts";
export type { MetricOutcome, MetricResult } from "./metric-result.ts";
export { type LogScan, type ScanLogOptions, scanLog } from "./scan-log.ts";
export type { TextSource } from "./text-source.ts";
