import { checkQuantity, combineUncertainty, MIN_COVERAGE, type Quantity, rectangular, unavailable } from "@ea/energy";
import type { PerfInterval } from "./parse-intervals.ts";
import type { PerfEvent } from "./perf-events.ts";
import { DEAD_COUNTER_SECONDS } from "./rapl.ts";

/** perf prints joules with two decimals. */
const RESOLUTION_JOULES = 0.01;

/** What happened around perf, as far as the quantities depend on it. */
export interface PerfRun {
  /** Length of the measured window in seconds. */
  readonly windowSeconds: number;
  /** How perf ended when it was not by our own stop. */
  readonly failure: string | undefined;
}

/** Identity of the quantity that an event becomes. */
export function perfIdentity(event: PerfEvent): {
  readonly name: string;
  readonly scope: "host";
  readonly source: string;
  readonly method: string;
} {
  return {
    name: event.quantity,
    scope: "host",
    source: "perf",
    method: `RAPL counter power/${event.event}/, whole host, intervals summed`,
  };
}

/** The joules of one event over the window: the sum of its intervals, or `null` with the reason. */
export function perfQuantity(event: PerfEvent, intervals: readonly PerfInterval[], run: PerfRun): Quantity {
  const identity = perfIdentity(event);
  const rows = intervals.filter((interval) => interval.event.event === event.event);
  if (rows.length === 0)
    return unavailable(identity, run.failure ?? "perf wrote no interval; the window was too short");

  let value = 0;
  let observedSeconds = 0;
  let lastSeconds = 0;
  let cutJoules = 0;
  let absence: string | undefined;
  for (const { timeSeconds, energyJoules, absence: words } of rows) {
    const seconds = timeSeconds - lastSeconds;
    if (energyJoules !== undefined && seconds > 0) {
      // A perf that was slow to stop went on counting: only what lies inside the window is the run's
      const share = Math.min(1, Math.max(0, (run.windowSeconds - lastSeconds) / seconds));
      value += share * energyJoules;
      observedSeconds += share * seconds;
      cutJoules += Math.min(share, 1 - share) * energyJoules;
    }
    absence ??= words;
    lastSeconds = timeSeconds;
  }
  const printed = absence === undefined ? undefined : `perf printed "${absence}" for power/${event.event}/`;
  if (observedSeconds <= 0) return unavailable(identity, printed ?? "perf counted for no time");
  if (value === 0 && observedSeconds > DEAD_COUNTER_SECONDS) {
    return unavailable(identity, `the counter did not move in ${observedSeconds.toFixed(1)} s`);
  }
  const coverage = run.windowSeconds > 0 ? Math.min(1, observedSeconds / run.windowSeconds) : 1;
  const isPartial = coverage < MIN_COVERAGE;
  const powerWatts = value / observedSeconds;
  return checkQuantity({
    ...identity,
    value,
    unit: "J",
    quality: isPartial ? "partial" : "measured",
    reason: isPartial
      ? [`perf covered ${observedSeconds.toFixed(1)} of ${run.windowSeconds.toFixed(1)} s`, run.failure ?? printed]
          .filter((words) => words !== undefined)
          .join(": ")
      : undefined,
    uncertainty: combineUncertainty({
      sensor: rectangular(event.accuracy * value),
      quantisation: rectangular(RESOLUTION_JOULES / 2) * Math.sqrt(rows.length),
      edges: rectangular(powerWatts * Math.abs(run.windowSeconds - observedSeconds) + cutJoules),
    }),
    coverage,
  });
}
