import { addRow, type EventTotal, emptyTotal, whyNotWhole } from "./event-total.ts";
import { PerfError } from "./perf-error.ts";
import type { PerfRow } from "./perf-row.ts";

/** What the rows of a report add up to. */
export interface PerfSums {
  readonly joules: Readonly<Record<string, number | null>>;
  readonly reasons: Readonly<Record<string, string>>;
  /** End of the last interval; `undefined` in a report without intervals. */
  readonly lastSeconds: number | undefined;
  /** Whether the last interval lacks rows that others have. */
  readonly isCut: boolean;
}

/**
 * Adds up the rows of one report over sockets, cores and intervals. A sum that is not the whole is `null` with its
 * reason; a row on whose label no CPU counts the event (`cpus` is 0) is no part of the whole.
 * @throws PerfError `SEVERAL_REPORTS`: rows that nothing tells apart, or a time that goes back. `AMBIGUOUS`: events of
 * two PMUs under one name
 */
export function sumRows(rows: readonly PerfRow[], elapsedSeconds?: number): PerfSums {
  const isInterval = rows.some(({ timeSeconds }) => timeSeconds !== undefined);
  // In a report with intervals a row without a time repeats the total
  const counted = rows.filter(({ timeSeconds }) => !isInterval || timeSeconds !== undefined);
  const summaries = rows.filter(({ timeSeconds }) => isInterval && timeSeconds === undefined);
  const totals = new Map<string, EventTotal>();
  let intervals = isInterval ? 0 : 1;
  let lastSeconds: number | undefined;
  for (const row of counted) {
    if (row.timeSeconds !== undefined && row.timeSeconds !== lastSeconds) {
      if (lastSeconds !== undefined && row.timeSeconds < lastSeconds) throw backwards(row.timeSeconds, lastSeconds);
      intervals += 1;
      lastSeconds = row.timeSeconds;
    }
    const total = totals.get(row.event) ?? emptyTotal(row);
    totals.set(row.event, total);
    if (!addRow(total, row)) throw indistinct(row, counted);
  }
  const span = { intervals, lastSeconds, seconds: lastSeconds ?? elapsedSeconds };
  const sums = [...totals.values()].map((total) => ({ total, reason: whyNotWhole(total, span, summaries) }));
  return {
    joules: Object.fromEntries(
      sums.map(({ total, reason }) => [total.event, reason === undefined ? total.microjoules / 1e6 : null]),
    ),
    reasons: Object.fromEntries(
      sums.flatMap(({ total, reason }) => (reason === undefined ? [] : [[total.event, reason]])),
    ),
    lastSeconds,
    isCut: sums.some(({ total }) => [...total.series.values()].some((series) => series.lastSeconds !== lastSeconds)),
  };
}

function indistinct(row: PerfRow, rows: readonly PerfRow[]): PerfError {
  const same = rows.filter(({ event, label, timeSeconds }) => {
    return event === row.event && label === row.label && timeSeconds === row.timeSeconds;
  });
  const values = same.map(({ joules, absence }) => joules ?? absence).slice(0, 10);
  const hint = "several runs in one text, or an event asked for twice? Parse each run alone";
  return new PerfError(
    "SEVERAL_REPORTS",
    `Expected one row for ${row.event}, got ${same.length} that nothing tells apart (${values.join(", ")}): ${hint}`,
  );
}

function backwards(seconds: number, lastSeconds: number): PerfError {
  return new PerfError(
    "SEVERAL_REPORTS",
    `Expected intervals in order of time, got ${seconds} s after ${lastSeconds} s: several runs in one text?`,
  );
}
