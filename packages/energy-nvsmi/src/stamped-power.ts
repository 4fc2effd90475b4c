import { type IntegratedPower, type PowerIntegrator, powerIntegrator } from "@ea/energy";
import { type Spread, spreadCollector } from "./spread.ts";

/** What one series of power says. */
interface PowerOverTime {
  /** Powers without repeated rows. */
  readonly samples: number;
  readonly watts: Spread | undefined;
  /** From the first to the last power; `undefined` without two of them at different times. */
  readonly integrated: IntegratedPower | undefined;
  /** How often the time stamps stepped back: the time between was then taken to be as long as the one before. */
  readonly clockSteps: number;
  /** Whether the series may be that of several GPUs: two powers at one time, or long and short intervals in turns. */
  readonly isMixed: boolean;
}

/** Power by local time stamps, in constant memory. */
export interface StampedPower {
  /** Adds a power; `false` for a row that repeats the time of the one before it. */
  add(watts: number, stampMs: number | undefined): boolean;
  result(): PowerOverTime;
}

/** Intervals that differ by more than this factor, in turns, are those of sweeps over several GPUs. */
const UNEVEN = 10;

/** An empty series. */
export function stampedPower(): StampedPower {
  const watts = spreadCollector();
  let integrator: PowerIntegrator | undefined;
  let [stampMs, timeMs, intervalMs] = [0, 0, 0];
  let [clockSteps, uneven] = [0, 0];
  let lastWatts = 0;
  let isMixed = false;

  const advance = (distanceMs: number): void => {
    if (distanceMs < 0) clockSteps += 1;
    const next = distanceMs < 0 ? intervalMs : distanceMs;
    if (next > UNEVEN * intervalMs || intervalMs > UNEVEN * next) uneven += 1;
    intervalMs = next;
    timeMs += next;
  };
  return {
    add(value, nextStampMs) {
      if (nextStampMs === undefined) {
        isMixed ||= watts.count > 0;
      } else {
        if (integrator === undefined) {
          integrator = powerIntegrator({ startMs: 0 });
        } else if (nextStampMs === stampMs) {
          isMixed ||= value !== lastWatts;
          return false;
        } else {
          advance(nextStampMs - stampMs);
        }
        stampMs = nextStampMs;
        integrator.add({ timeMs, powerWatts: value });
      }
      lastWatts = value;
      watts.add(value);
      return true;
    },
    result: () => ({
      samples: watts.count,
      watts: watts.result(),
      integrated: integrator?.finish(timeMs),
      clockSteps,
      isMixed: isMixed || uneven > watts.count / 2,
    }),
  };
}
