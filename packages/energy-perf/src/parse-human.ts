import { PerfError, quote } from "./perf-error.ts";
import { type NumberReader, numberReader } from "./perf-number.ts";
import {
  ABSENCE_PATTERN,
  AGGREGATE_PATTERN,
  eventName,
  isEnergyEvent,
  type PerfRow,
  SINGLE_PATTERN,
} from "./perf-row.ts";
import { isEnergyLine, refuseRow } from "./refuse.ts";

/** A `perf stat` report for people. */
export interface HumanReport {
  readonly rows: readonly PerfRow[];
  /** Mean over the runs of `-r`; `undefined` where the report ends before it tells. */
  readonly elapsedSeconds: number | undefined;
  /** Of `-r`. */
  readonly runs: number | undefined;
  /** Of `-I`: it ends without a line that closes it. */
  readonly isInterval: boolean;
  readonly isMean: boolean;
  readonly droppedRows: number;
  readonly badLines: number;
}

/** perf's rows are shorter; what is longer is a program's. */
const MAX_ROW_CHARACTERS = 500;

// Only spaces and tabs divide columns: `\s` is also the thousands separator of some languages
const ROW = new RegExp(
  String.raw`^[ \t]*(?:(\d{1,12}\.\d{9})[ \t]+)?(?:(${AGGREGATE_PATTERN})[ \t]+(\d{1,9})[ \t]+|(${SINGLE_PATTERN})[ \t]+)?` +
    String.raw`(${ABSENCE_PATTERN}|\d(?:[\d.,'’ \u00a0\u2009\u202f]*\d)?)[ \t]+(?:([A-Za-z]+)[ \t]+)?([A-Za-z]\S*)(.*)$`,
);
/** Spread of the runs, share of the time, a derived number. */
const AFTER_EVENT = /^\s*(?:(\( ?\+-.*)|\(\d.*|\[.*|#.*)?$/;
const TITLE = /^\s*Performance counter stats for .*?(?: \((\d+) runs\))?:\s*$/;
const INTERVAL_TITLE = /^#\s+time\s.*counts /;
const ELAPSED = /^\s*(\d+[.,]\d{9}|\d+[.,]\d+(?= \+- \d))(?: \+- (\d+[.,]\d+))? seconds time elapsed/;
const OTHER = /^\s*(?:#|\d+[.,]\d+ seconds (?:user|sys)\s*$)/;

/**
 * Reads a report for people, in any language; `undefined` when the text holds no trace of one. A last line without its
 * newline was cut and is left out, unless it is the line with the elapsed time and whole.
 * @throws PerfError `AMBIGUOUS`, `BAD_OUTPUT`: an energy that cannot be read. `SEVERAL_REPORTS`
 */
export function parseHuman(text: string): HumanReport | undefined {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  const numbers = numberReader();
  const rows: PerfRow[] = [];
  let titles = 0;
  let runs: number | undefined;
  let hasIntervalTitle = false;
  let badLines = 0;
  for (const line of lines) {
    const title = TITLE.exec(line);
    if (title) {
      titles += 1;
      runs = title[1] === undefined ? undefined : Number(title[1]);
      continue;
    }
    hasIntervalTitle ||= INTERVAL_TITLE.test(line);
    const row = readRow(line, numbers);
    if (row === undefined) badLines += 1;
    else if (row !== "other") rows.push(row);
  }
  const ends = [...lines, last].map((line) => ELAPSED.exec(line)).filter((end) => end !== null);
  if (titles > 1 || ends.length > 1) throw severalReports(lines);
  if (titles + ends.length + rows.length === 0 && !hasIntervalTitle) return undefined;
  const [end] = ends;
  return {
    rows,
    elapsedSeconds: end && readElapsed(end, numbers),
    runs,
    isInterval: hasIntervalTitle || rows.some(({ timeSeconds }) => timeSeconds !== undefined),
    isMean: end?.[2] !== undefined || runs !== undefined || rows.some(({ isMean }) => isMean),
    droppedRows: last.trim() !== "" && end === undefined ? 1 : 0,
    badLines,
  };
}

function readRow(line: string, numbers: NumberReader): PerfRow | "other" | undefined {
  if (line.trim() === "" || OTHER.test(line) || ELAPSED.test(line)) return "other";
  const match = line.length <= MAX_ROW_CHARACTERS ? ROW.exec(line.trimEnd()) : null;
  const [, time, aggregate, cpus, single, value, unit, spelling, after = ""] = match ?? [];
  const trail = AFTER_EVENT.exec(after);
  const isAbsent = value?.startsWith("<") ?? false;
  const isEnergy = unit === "Joules" || (isAbsent && unit === undefined && isEnergyEvent(spelling ?? ""));
  if (value === undefined || spelling === undefined || !trail || !isEnergy) {
    if (isEnergyLine(line)) throw refuseRow(line, "a row of a perf stat report");
    return value === undefined ? undefined : "other";
  }
  const joules = isAbsent ? undefined : numbers.joules(value);
  if (!isAbsent && joules === undefined) {
    const expected = "joules with two decimals, in the same language as the other numbers of the report";
    throw new PerfError("AMBIGUOUS", `Expected ${expected}, got ${quote(line)}`);
  }
  return {
    event: eventName(spelling),
    spelling,
    timeSeconds: time === undefined ? undefined : Number(time),
    label: aggregate ?? single,
    cpus: cpus === undefined ? undefined : Number(cpus),
    joules,
    absence: isAbsent ? value : undefined,
    countedSeconds: undefined,
    isMean: trail[1] !== undefined,
    isSummary: false,
  };
}

function readElapsed(end: RegExpExecArray, numbers: NumberReader): number {
  const [line, seconds = ""] = end;
  const elapsedSeconds = numbers.seconds(seconds);
  if (elapsedSeconds !== undefined) return elapsedSeconds;
  throw new PerfError("AMBIGUOUS", `Expected seconds in the language of the joules above, got ${quote(line)}`);
}

function severalReports(lines: readonly string[]): PerfError {
  const marks = lines.filter((line) => TITLE.test(line) || ELAPSED.test(line)).join(" | ");
  return new PerfError("SEVERAL_REPORTS", `Expected one report of perf stat, got several: ${quote(marks)}`);
}
