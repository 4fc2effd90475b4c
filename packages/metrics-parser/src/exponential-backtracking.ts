import { analyse, type SelfReport, type TradeReport } from "scslre";

/** A way in which a pattern can take exponential time. */
export type ExponentialReport = SelfReport | TradeReport;

/** The ways in which a JavaScript pattern can take exponential time, as far as the analysis knows them. */
export function exponentialBacktracking(source: string): readonly ExponentialReport[] {
  const { reports } = analyse({ source, flags: "iu" }, { reportTypes: { Move: false } });
  return reports.flatMap((report) => (report.exponential ? [report] : []));
}
