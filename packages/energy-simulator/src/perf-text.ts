import type { PowerCurve } from "./power-curve.ts";
import { seededRandom } from "./random.ts";

/** What is asked of perf, and what befalls it. */
export interface PerfText {
  /** Power of each event, such as `energy-pkg`. */
  readonly events: Readonly<Record<string, PowerCurve>>;
  readonly seconds: number;
  /** @default 1000 */
  readonly intervalMs?: number | undefined;
  /** Each interval is up to so much longer than it should be. @default 3 */
  readonly jitterMs?: number | undefined;
  readonly seed: string | number;
  /** Share of the intervals that perf could not count. @default 0 */
  readonly notCounted?: number | undefined;
  /** Share of the intervals that take five times as long, because the machine is busy. @default 0 */
  readonly stalled?: number | undefined;
}

/** perf's counter ticks every millisecond and in units of 2⁻¹⁴ J (Intel SDM 14.9). */
const UNIT_JOULES = 2 ** -14;

/** The report of `perf stat -a -I MS -x ';' -e power/…/ -o FILE` that SIGINT ended after `seconds`. */
export function perfText(options: PerfText): string {
  const { events, seconds, intervalMs = 1000, jitterMs = 3, seed, notCounted = 0, stalled = 0 } = options;
  const random = seededRandom(`${seed} perf`);
  const counted = (power: PowerCurve, at: number): number =>
    Math.floor(power.joules(0, Math.floor(at * 1000) / 1000) / UNIT_JOULES) * UNIT_JOULES;
  const lines = ["# started on Tue Mar  3 09:14:07 2026", ""];
  let from = 0;
  while (from < seconds) {
    const length = intervalMs * (random() < stalled ? 5 : 1) + jitterMs * random();
    const to = Math.min(seconds, from + length / 1000);
    for (const [event, power] of Object.entries(events)) {
      const isCounted = random() >= notCounted;
      const joules = (counted(power, to) - counted(power, from)).toFixed(2);
      const runtime = Math.round((to - from) * 2e9);
      const [value, time, share] = isCounted ? [joules, runtime, "100.00"] : ["<not counted>", 0, "0.00"];
      lines.push(`${to.toFixed(9).padStart(16)};${value};Joules;power/${event}/;${time};${share};;`);
    }
    from = to;
  }
  return `${lines.join("\n")}\n`;
}
