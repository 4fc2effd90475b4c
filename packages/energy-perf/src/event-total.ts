import { PerfError } from "./perf-error.ts";
import type { PerfRow } from "./perf-row.ts";
import { DEAD_COUNTER_SECONDS } from "./rapl.ts";

/** One event of one socket, core or CPU. */
interface Series {
  rows: number;
  lastSeconds: number | undefined;
}

/** What the rows of one event add up to so far. */
export interface EventTotal {
  readonly event: string;
  readonly spelling: string;
  readonly series: Map<string | undefined, Series>;
  microjoules: number;
  countedSeconds: number;
  numbers: number;
  readonly absences: PerfRow[];
}

/** The time that a sum belongs to. */
export interface Span {
  readonly intervals: number;
  /** End of the last interval; `undefined` in a report without intervals. */
  readonly lastSeconds: number | undefined;
  /** Length of the report, where it is told. */
  readonly seconds: number | undefined;
}

/** The total of an event whose first row is `row`, before that row is added. */
export function emptyTotal({ event, spelling }: PerfRow): EventTotal {
  return { event, spelling, series: new Map(), microjoules: 0, countedSeconds: 0, numbers: 0, absences: [] };
}

/**
 * Adds a row; `false` when a row of the same label and time was added before.
 * @throws PerfError `AMBIGUOUS`: an event of another PMU
 */
export function addRow(total: EventTotal, row: PerfRow): boolean {
  if (pmuOf(row.spelling) !== pmuOf(total.spelling)) {
    throw new PerfError("AMBIGUOUS", `Expected one event ${row.event}, got ${total.spelling} and ${row.spelling}`);
  }
  const series = total.series.get(row.label);
  if (series && series.lastSeconds === row.timeSeconds) return false;
  total.series.set(row.label, { rows: (series?.rows ?? 0) + 1, lastSeconds: row.timeSeconds });
  if (row.joules !== undefined) {
    // perf prints at most six decimals: whole microjoules add up without an error
    total.microjoules += Math.round(row.joules * 1e6);
    total.countedSeconds += row.countedSeconds ?? 0;
    total.numbers += 1;
  } else if (row.cpus !== 0) {
    // No CPU counts a package's energy on any core but one: that is no absence
    total.absences.push(row);
  }
  return true;
}

/** Why the sum of an event is not the energy of the whole report; `undefined` when it is. */
export function whyNotWhole(total: EventTotal, span: Span, summaries: readonly PerfRow[]): string | undefined {
  const { intervals, lastSeconds } = span;
  const [absent] = total.absences;
  if (absent?.absence !== undefined) return total.numbers === 0 ? absent.absence : whereAbsent(total, span);
  if (total.numbers === 0) return "<not counted> on any CPU";
  // A row that only the last interval lacks was cut off; one that lacks in between leaves a hole in the sum
  const gaps = [...total.series.values()].map((series) => {
    const gap = intervals - series.rows;
    return gap === 1 && series.lastSeconds !== lastSeconds ? 0 : gap;
  });
  const gap = Math.max(...gaps);
  if (gap > 0) return `no row in ${gap} of ${intervals} intervals`;
  const seconds = span.seconds ?? total.countedSeconds;
  if (total.microjoules === 0 && total.event !== "energy-gpu" && seconds > DEAD_COUNTER_SECONDS) {
    return `the counter did not move in ${seconds.toFixed(1)} s`;
  }
  return disagreement(total, summaries);
}

function whereAbsent({ absences }: EventTotal, { intervals, lastSeconds }: Span): string {
  const words = [...new Set(absences.map(({ absence }) => absence))].join(" and ");
  if (lastSeconds === undefined) return `${words} for ${absences.map(({ label }) => label).join(", ")}`;
  return `${words} in ${new Set(absences.map(({ timeSeconds }) => timeSeconds)).size} of ${intervals} intervals`;
}

/** perf rounds each row by itself, so its own total may differ by half a hundredth for each. */
function disagreement(total: EventTotal, summaries: readonly PerfRow[]): string | undefined {
  const numbers = summaries.flatMap(({ event, joules }) =>
    event === total.event && joules !== undefined ? [joules] : [],
  );
  if (numbers.length === 0) return undefined;
  const summary = numbers.reduce((sum, joules) => sum + joules, 0);
  const sum = total.microjoules / 1e6;
  const rounding = 0.005 * (total.numbers + numbers.length) + 1e-6;
  if (Math.abs(summary - sum) <= rounding) return undefined;
  return `the intervals add up to ${sum} J, what is printed without a time to ${summary} J`;
}

function pmuOf(spelling: string): string {
  return spelling.slice(0, spelling.indexOf("/") + 1);
}
