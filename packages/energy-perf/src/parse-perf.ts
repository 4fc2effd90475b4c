import { parseHuman } from "./parse-human.ts";
import { PerfError } from "./perf-error.ts";
import type { PerfReport } from "./perf-report.ts";
import { refuseText } from "./refuse.ts";
import { rowReader } from "./row-reader.ts";
import { sumRows } from "./sum-rows.ts";

/**
 * Reads a complete report of `perf stat` in any of its forms and languages; a program's output may stand before it.
 * Give the text with its last newline: a row without one was cut, and is left out.
 * @throws PerfError `NOT_PERF`: another text. `PERF_FAILED`: perf's own error message. `AMBIGUOUS`: numbers that can be
 * read in two ways. `SEVERAL_REPORTS`: runs that would be added up. `BAD_OUTPUT`: an energy that perf would not print so
 */
export function parsePerf(text: string): PerfReport {
  const reader = rowReader();
  const rows = [...reader.push(text), ...reader.end()];
  const { form, droppedRows, badLines, starts } = reader.seen();
  if (starts > 1) throw new PerfError("SEVERAL_REPORTS", `Expected one report of perf stat, got ${starts}`);
  if (form !== undefined) {
    const { joules, reasons, lastSeconds, isCut } = sumRows(rows);
    return {
      form,
      joules,
      reasons,
      elapsedSeconds: lastSeconds,
      repeats: undefined,
      isMean: rows.some(({ isMean }) => isMean),
      isCut: isCut || droppedRows > 0,
      droppedRows,
      badLines,
      rows,
    };
  }
  const report = parseHuman(text);
  if (!report) throw refuseText(text);
  const { elapsedSeconds } = report;
  const { joules, reasons, lastSeconds, isCut } = sumRows(report.rows, elapsedSeconds);
  return {
    form: "human",
    joules,
    reasons,
    elapsedSeconds: lastSeconds ?? elapsedSeconds,
    repeats: report.runs,
    isMean: report.isMean,
    isCut: isCut || report.droppedRows > 0 || (!report.isInterval && elapsedSeconds === undefined),
    droppedRows: report.droppedRows,
    badLines: report.badLines,
    rows: report.rows,
  };
}
