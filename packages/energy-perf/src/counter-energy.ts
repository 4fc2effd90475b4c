import { counterDifference } from "@ea/energy";
import { DEAD_COUNTER_SECONDS } from "./rapl.ts";

/** One reading of an energy counter. */
export interface CounterReading {
  readonly timeSeconds: number;
  /** `undefined` when it could not be read; `failure` then says why. */
  readonly microjoules: number | undefined;
  readonly failure?: string | undefined;
}

/** What one more reading tells: energy since the one before, energy that cannot be known, or nothing. */
export type CounterStep =
  | { readonly kind: "counted"; readonly energyJoules: number; readonly seconds: number }
  | { readonly kind: "lost"; readonly reason: string }
  | { readonly kind: "waiting" };

/** Energy that a counter has counted. */
export interface CountedEnergy {
  readonly energyJoules: number;
  /** Time whose energy is in `energyJoules`. */
  readonly countedSeconds: number;
  /** Stretches without a break: each begins and ends with a reading of its own. */
  readonly stretches: number;
  /** From the first to the last time that it was read or tried. */
  readonly spanSeconds: number;
  /** Why the energy of a part is not known, when the counter itself made that so. */
  readonly lost: string | undefined;
  /** Why it could not be read, or did not move, at some time. */
  readonly missed: string | undefined;
}

/** Adds up the readings of one counter, in constant memory. */
export interface EnergyCounter {
  /** Takes the next reading; one that is not later than the last is ignored. */
  add(reading: CounterReading): CounterStep;
  result(): CountedEnergy;
}

/** RAPL counters have 32 bits and steps of at least 15.26 µJ (Intel SDM): none begins again earlier than this. */
const SMALLEST_RANGE_JOULES = 65_000;
/** On a busy machine that much may lie between a reading and the time that it is given. */
const TIME_SLACK_SECONDS = 0.1;
const WAITING = { kind: "waiting" } as const;
const NOTHING_NEW = { kind: "counted", energyJoules: 0, seconds: 0 } as const;

/**
 * Adds up the energy of a counter that wraps.
 *
 * A reading that failed is no 0 and no wrap: the counter goes on counting, so that the next reading covers the gap, unless
 * `maxWatts` could have filled the range in the meantime. A difference beyond `maxWatts` is a counter that was reset
 * (suspend, a driver loaded again); its interval is lost, and never becomes the rest of the range. A counter that
 * stands still for longer than a tenth of a second does not count: that time is not covered.
 */
export function energyCounter(limits: {
  readonly rangeMicrojoules: number | undefined;
  readonly maxWatts: number;
}): EnergyCounter {
  const { rangeMicrojoules, maxWatts } = limits;
  const wrapSeconds = (rangeMicrojoules === undefined ? SMALLEST_RANGE_JOULES : rangeMicrojoules / 1e6) / maxWatts;
  let last: { readonly timeSeconds: number; readonly microjoules: number } | undefined;
  let isUnbroken = false;
  let energyJoules = 0;
  let countedSeconds = 0;
  let stretches = 0;
  let firstSeconds: number | undefined;
  let latestSeconds = 0;
  let lost: string | undefined;
  let missed: string | undefined;

  const lose = (reason: string): CounterStep => {
    lost ??= reason;
    isUnbroken = false;
    return { kind: "lost", reason };
  };

  const advance = (timeSeconds: number, microjoules: number): CounterStep => {
    const step = counterDifference(last?.microjoules, microjoules, rangeMicrojoules);
    const seconds = timeSeconds - (last?.timeSeconds ?? timeSeconds);
    // Within one update two readings may well be equal: the next one decides
    if (step.kind === "difference" && step.difference === 0 && seconds <= DEAD_COUNTER_SECONDS) return NOTHING_NEW;
    last = { timeSeconds, microjoules };
    if (step.kind === "first") return WAITING;
    if (seconds >= wrapSeconds) return lose(`not read for ${seconds.toFixed(1)} s, in which it may have wrapped twice`);
    if (step.kind === "reset") return lose("the counter was reset");
    if (step.difference === 0) {
      missed ??= "the counter stood still";
      isUnbroken = false;
      return WAITING;
    }
    const joules = step.difference / 1e6;
    if (joules > maxWatts * (seconds + TIME_SLACK_SECONDS)) {
      return lose(`the counter was reset: it jumped by ${joules.toFixed(0)} J in ${seconds.toFixed(1)} s`);
    }
    energyJoules += joules;
    countedSeconds += seconds;
    if (!isUnbroken) stretches += 1;
    isUnbroken = true;
    return { kind: "counted", energyJoules: joules, seconds };
  };

  return {
    add({ timeSeconds, microjoules, failure }) {
      if (firstSeconds !== undefined && timeSeconds <= latestSeconds) return WAITING;
      firstSeconds ??= timeSeconds;
      latestSeconds = timeSeconds;
      if (microjoules === undefined) {
        missed ??= failure ?? "it could not be read";
        return WAITING;
      }
      return advance(timeSeconds, microjoules);
    },
    result: () => ({
      energyJoules,
      countedSeconds,
      stretches,
      spanSeconds: latestSeconds - (firstSeconds ?? latestSeconds),
      lost,
      missed,
    }),
  };
}
