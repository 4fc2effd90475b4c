import { analyzeStudy, keyedRuns } from "@ea/analysis";
import type { ReportInput } from "../report-input.ts";
import { type AnalysisTable, analysisTables } from "./analysis-tables.ts";

/** The tables of the analysis of all runs of a report. */
export function analysisOf({ sessions, findings, metric, goal }: ReportInput): readonly AnalysisTable[] {
  const runs = sessions.flatMap(({ name, plan, records }) => keyedRuns(name, records, plan?.rows ?? []));
  return analysisTables(analyzeStudy(runs, { findings, metric, goal }));
}
