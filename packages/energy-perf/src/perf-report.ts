import type { PerfRow } from "./perf-row.ts";

/** A report of `perf stat`. */
export interface PerfReport {
  /** For people, `-x` with any separator, or `-j`. */
  readonly form: "human" | "csv" | "json";
  /**
   * Joules by bare event name (`energy-pkg`), added up over sockets, cores and intervals. `null`, with its reason, when
   * any part of the whole was not counted. Under `isMean` they are the mean of the runs, not their sum.
   */
  readonly joules: Readonly<Record<string, number | null>>;
  /** Why an event has no number, in perf's words where perf has said why; one for every `null`. */
  readonly reasons: Readonly<Record<string, string>>;
  /**
   * Seconds that the joules belong to: `seconds time elapsed`, for `-r` the mean; with intervals, the end of the last
   * one. `undefined` where the form does not tell: `-x` and `-j` without intervals, or a report that was cut.
   */
  readonly elapsedSeconds: number | undefined;
  /** Number of runs of `-r`; `undefined` for a single run, and in `-x` and `-j`, which do not tell. */
  readonly repeats: number | undefined;
  /** Whether the joules are the mean of several runs (`-r`). */
  readonly isMean: boolean;
  /** Whether the report visibly ends too early; where that cannot be seen stands in the README. */
  readonly isCut: boolean;
  /** 1 when the text ended within a row: that row is left out. */
  readonly droppedRows: number;
  /** Complete lines that are no part of a report, such as a program's output. */
  readonly badLines: number;
  /** Every row about energy, in perf's order; those of an interval report have a time. */
  readonly rows: readonly PerfRow[];
}

/** A report as `ea parse` prints it: snake_case, absent is `null`, without the rows. */
export interface PerfReportJson {
  readonly kind: "perf";
  readonly form: PerfReport["form"];
  readonly joules: Readonly<Record<string, number | null>>;
  readonly elapsed_seconds: number | null;
  readonly reasons: Readonly<Record<string, string>>;
  readonly repeats: number | null;
  readonly is_mean: boolean;
  readonly is_cut: boolean;
  readonly dropped_rows: number;
  readonly bad_lines: number;
}

/** The JSON of a report. */
export function perfReportToJson(report: PerfReport): PerfReportJson {
  return {
    kind: "perf",
    form: report.form,
    joules: report.joules,
    elapsed_seconds: report.elapsedSeconds ?? null,
    reasons: report.reasons,
    repeats: report.repeats ?? null,
    is_mean: report.isMean,
    is_cut: report.isCut,
    dropped_rows: report.droppedRows,
    bad_lines: report.badLines,
  };
}
