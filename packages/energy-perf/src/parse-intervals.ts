import { csvRowReader } from "./csv-row.ts";
import { knownEvent, type PerfEvent } from "./perf-events.ts";

/** Joules of one event in one interval. */
export interface PerfInterval {
  readonly event: PerfEvent;
  /** End of the interval, in seconds since perf started counting. */
  readonly timeSeconds: number;
  /** `undefined` when perf counted nothing; `absence` then holds perf's words for it. */
  readonly energyJoules: number | undefined;
  readonly absence: string | undefined;
}

/** Everything that a report of our own perf holds. */
export interface PerfIntervals {
  readonly intervals: readonly PerfInterval[];
  /** Complete lines that are neither a comment nor a row of a known event in joules. */
  readonly badLines: number;
}

/** What we ask perf for: `-x ';'` in the C locale. */
const readRow = csvRowReader({ separator: ";", decimal: "." });

/**
 * Reads the report that our own perf writes (`perfArguments`), also while it grows: only rows of the events that we ask
 * for, not divided by socket or CPU. A last line without its newline was cut and is left out; totals that `--summary`
 * adds are no intervals and count as bad lines.
 */
export function parseIntervals(text: string): PerfIntervals {
  const intervals: PerfInterval[] = [];
  let badLines = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const interval = toInterval(line);
    if (interval) intervals.push(interval);
    else badLines += 1;
  }
  return { intervals, badLines };
}

function toInterval(line: string): PerfInterval | undefined {
  const row = readRow(line);
  if (row === undefined || row === "other" || row.timeSeconds === undefined || row.label !== undefined)
    return undefined;
  const event = knownEvent(row.spelling);
  const { timeSeconds, joules, absence } = row;
  return event && { event, timeSeconds, energyJoules: joules, absence };
}
