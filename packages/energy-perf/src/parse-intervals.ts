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

/** Everything that a report of `perf stat -I … -x ';'` holds. */
export interface PerfIntervals {
  readonly intervals: readonly PerfInterval[];
  /** Complete lines that are neither a comment nor a row of a known event in joules. */
  readonly badLines: number;
}

const DECIMAL = /^\d+(?:\.\d+)?$/;
const ABSENCES = new Set(["<not supported>", "<not counted>"]);

/**
 * Reads the report of `perf stat -I … -x ';'` in the C locale. A last line without its newline was cut and is left
 * out; totals that `--summary` adds are no intervals and count as bad lines.
 */
export function parseIntervals(text: string): PerfIntervals {
  const intervals: PerfInterval[] = [];
  let badLines = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const interval = parseRow(line);
    if (interval) intervals.push(interval);
    else badLines += 1;
  }
  return { intervals, badLines };
}

function parseRow(line: string): PerfInterval | undefined {
  const [time = "", value = "", unit, name = ""] = line.split(";").map((field) => field.trim());
  const event = knownEvent(name);
  if (!event || unit !== "Joules" || !DECIMAL.test(time)) return undefined;
  const timeSeconds = Number(time);
  if (ABSENCES.has(value)) return { event, timeSeconds, energyJoules: undefined, absence: value };
  if (!DECIMAL.test(value)) return undefined;
  return { event, timeSeconds, energyJoules: Number(value), absence: undefined };
}
