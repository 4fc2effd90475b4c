export type { Goal } from "@ea/analysis";
export { type ChartFile, renderCharts } from "./render-charts.ts";
export { renderMarkdown } from "./render-markdown.ts";
export { renderReport } from "./render-report.ts";
export type {
  DerivationFactors,
  EpochMark,
  ReportInput,
  RunTrace,
  SessionInput,
  SkippedFile,
  TraceChannel,
  TraceStatistics,
} from "./report-input.ts";
export { type Samples, traceChannel } from "./traces/trace-channel.ts";
