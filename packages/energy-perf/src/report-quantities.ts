import { checkQuantity, combineUncertainty, type Quantity, rectangular, unavailable } from "@ea/energy";
import type { PerfInterval } from "./parse-intervals.ts";
import { knownEvent, PERF_EVENTS, type PerfEvent } from "./perf-events.ts";
import { perfIdentity, perfQuantity } from "./perf-quantities.ts";
import type { PerfReport } from "./perf-report.ts";
import { DEAD_COUNTER_SECONDS } from "./rapl.ts";

/**
 * The quantities in a report: package and DRAM in any case, psys where it was counted. Intervals that are not divided by
 * socket or core are taken as while measuring, up to the last complete one; of other forms the total is. What was counted after `windowSeconds` is taken off the last interval.
 */
export function reportQuantities(report: PerfReport, windowSeconds?: number): readonly Quantity[] {
  const { joules, rows, elapsedSeconds } = report;
  const events = PERF_EVENTS.filter(({ event }) => event !== "energy-psys" || event in joules);
  const isPlain = rows.every(({ timeSeconds, label }) => timeSeconds !== undefined && label === undefined);
  if (!isPlain || elapsedSeconds === undefined) return events.map((event) => totalQuantity(event, report));
  const intervals = rows.flatMap((row): PerfInterval[] => {
    const { spelling, timeSeconds = 0, joules: energyJoules, absence } = row;
    const event = knownEvent(spelling);
    return event ? [{ event, timeSeconds, energyJoules, absence }] : [];
  });
  const run = { windowSeconds: Math.min(windowSeconds ?? elapsedSeconds, elapsedSeconds), failure: undefined };
  return events.map((event) =>
    event.event in joules
      ? perfQuantity(event, intervals, run)
      : unavailable(perfIdentity(event), `the report has no row of power/${event.event}/`),
  );
}

function totalQuantity(event: PerfEvent, { joules, reasons, elapsedSeconds, isMean }: PerfReport): Quantity {
  const identity = {
    ...perfIdentity(event),
    method: `RAPL counter power/${event.event}/, whole host, as perf totals it`,
  };
  const value = joules[event.event];
  if (value === undefined) return unavailable(identity, `the report has no row of power/${event.event}/`);
  if (value === null) return unavailable(identity, reasons[event.event] ?? "perf counted nothing");
  if (isMean) return unavailable(identity, "the report holds the mean of several runs, not the energy of one");
  if (value === 0 && (elapsedSeconds === undefined || elapsedSeconds > DEAD_COUNTER_SECONDS)) {
    return unavailable(identity, "the counter did not move");
  }
  return checkQuantity({
    ...identity,
    value,
    unit: "J",
    quality: "measured",
    uncertainty: combineUncertainty({
      sensor: rectangular(event.accuracy * value),
      quantisation: rectangular(0.005),
    }),
  });
}
