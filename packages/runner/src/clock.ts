import { setTimeout as wait } from "node:timers/promises";

/** Time as the runner sees it; tests and simulations bring their own. */
export interface Clock {
  /** The moment now. */
  readonly now: () => Date;
  /** Milliseconds of a clock that does not step. */
  readonly monotonicMs: () => number;
  /** Resolves after so many seconds, or early when the signal is aborted. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Timers of node cannot be longer: 24.8 days. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: async (seconds, signal) => {
    if (signal?.aborted) return;
    await wait(Math.min(seconds * 1000, MAX_TIMER_MS), undefined, signal && { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  },
};
