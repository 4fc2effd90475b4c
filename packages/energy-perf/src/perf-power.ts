import type { PowerSample } from "@ea/energy";
import type { PerfRow } from "./perf-row.ts";

/**
 * Power over time of each event, out of the rows of a report with intervals: the mean power of each interval, in watts,
 * at its middle, in milliseconds since perf started counting. Rows of one interval (sockets, cores) are added up; an
 * interval in which one of them has no number has no power. The energy is in the rows: do not integrate what is made here.
 */
export function perfPower(rows: Iterable<PerfRow>): ReadonlyMap<string, readonly PowerSample[]> {
  const intervals = new Map<string, Map<number, number>>();
  for (const { event, timeSeconds, joules, cpus, isSummary } of rows) {
    if (timeSeconds === undefined || isSummary) continue;
    if (joules === undefined && cpus === 0) continue; // a core that does not count its package's event
    const ends = intervals.get(event) ?? new Map<number, number>();
    intervals.set(event, ends);
    ends.set(timeSeconds, (ends.get(timeSeconds) ?? 0) + (joules ?? Number.NaN));
  }
  return new Map([...intervals].map(([event, ends]) => [event, powerOf(ends)]));
}

function powerOf(ends: ReadonlyMap<number, number>): readonly PowerSample[] {
  let lastSeconds = 0;
  return [...ends].flatMap(([timeSeconds, joules]) => {
    const [from, seconds] = [lastSeconds, timeSeconds - lastSeconds];
    lastSeconds = timeSeconds;
    const sample = { timeMs: (from + seconds / 2) * 1000, powerWatts: joules / seconds };
    return seconds > 0 && Number.isFinite(joules) ? [sample] : [];
  });
}
