import type { Clock } from "../src/clock.ts";

/** A clock on which sleeping takes no time and is written down. */
export function countingClock(): Clock & { readonly slept: readonly number[] } {
  const slept: number[] = [];
  let passedMs = 0;
  return {
    slept,
    now: () => new Date(Date.UTC(2026, 10, 23, 17, 47, 23) + passedMs),
    monotonicMs: () => passedMs,
    sleep: (seconds) => {
      slept.push(seconds);
      passedMs += seconds * 1000;
      return Promise.resolve();
    },
  };
}
