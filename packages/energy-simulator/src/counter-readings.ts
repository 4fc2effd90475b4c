import type { PowerCurve } from "./power-curve.ts";
import { seededRandom } from "./random.ts";

/** How a powercap counter is polled, and what befalls it. */
export interface CounterText {
  readonly power: PowerCurve;
  readonly seconds: number;
  /** The counter starts anew above this, in microjoules: `max_energy_range_uj`. */
  readonly rangeMicrojoules: number;
  /** @default 1000 */
  readonly intervalMs?: number | undefined;
  /** @default 20 */
  readonly jitterMs?: number | undefined;
  readonly seed: string | number;
  /** Share of the reads that fail. @default 0 */
  readonly failing?: number | undefined;
  /** When the counter is reset to 0, in seconds. */
  readonly resetSeconds?: number | undefined;
}

/** One poll of a counter. */
export interface CounterReading {
  readonly timeSeconds: number;
  /** Text of `energy_uj`; `undefined` when the read failed. */
  readonly text: string | undefined;
}

/** The polls of `energy_uj` from 0 s to the end, both ends included and never failing. */
export function* counterReadings(options: CounterText): Generator<CounterReading, void> {
  const { power, seconds, rangeMicrojoules, intervalMs = 1000, jitterMs = 20, seed, failing = 0 } = options;
  const { resetSeconds = Number.POSITIVE_INFINITY } = options;
  const random = seededRandom(`${seed} counter`);
  const offset = Math.floor(random() * rangeMicrojoules);
  const countAt = (time: number): number => {
    const from = time >= resetSeconds ? resetSeconds : 0;
    const microjoules = (time >= resetSeconds ? 0 : offset) + power.joules(from, time) * 1e6;
    return Math.floor(microjoules) % (rangeMicrojoules + 1);
  };
  let next = 0;
  while (next < seconds) {
    const isFailing = next > 0 && random() < failing;
    yield { timeSeconds: next, text: isFailing ? undefined : `${countAt(next)}\n` };
    next += (intervalMs + jitterMs * random()) / 1000;
  }
  yield { timeSeconds: seconds, text: `${countAt(seconds)}\n` };
}
