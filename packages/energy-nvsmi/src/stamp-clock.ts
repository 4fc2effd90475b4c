/** Rows wait in pipes and buffers, and arrive late and together; the quickest within that time tells the time. */
const CHECK_MS = 5000;
/** So much stamps may go back within one sweep over the GPUs. */
const DISORDER_MS = 50;
/** Rows that are quicker than the ones before by more, or all later by more, say that the clock was set. */
const STEP_MS = 250;

/** Puts nvidia-smi's time stamps on our own clock. */
export interface StampClock {
  /**
   * When a row was taken, on the clock of `arrivalMs`, given its stamp and when it reached us. Stamps space the rows, for
   * rows may arrive late; the arrivals tell when the system clock was set: no row arrives before it was taken.
   */
  timeOf(stampMs: number, arrivalMs: number): number;
}

/** A clock that follows one stream of rows: the stamps are local time and step with the system clock. */
export function stampClock(): StampClock {
  let last: { readonly stampMs: number; readonly timeMs: number; readonly intervalMs: number } | undefined;
  let [offsetMs, quickestMs, checkedMs] = [0, Number.POSITIVE_INFINITY, 0];
  return {
    timeOf(stampMs, arrivalMs) {
      if (!last) [offsetMs, checkedMs] = [arrivalMs - stampMs, arrivalMs];
      const { stampMs: lastStampMs, timeMs, intervalMs } = last ?? { stampMs, timeMs: arrivalMs, intervalMs: 0 };
      const isBackward = stampMs < lastStampMs - DISORDER_MS;
      const aheadMs = stampMs + offsetMs - arrivalMs;
      // A clock that was set: the time between is taken to be as long as the one before
      if (isBackward || aheadMs > STEP_MS) offsetMs = Math.min(timeMs + intervalMs, arrivalMs) - stampMs;
      else if (aheadMs > 0) offsetMs -= aheadMs;
      quickestMs = Math.min(quickestMs, arrivalMs - (stampMs + offsetMs));
      if (arrivalMs - checkedMs > CHECK_MS) {
        if (quickestMs > STEP_MS) offsetMs += quickestMs;
        [checkedMs, quickestMs] = [arrivalMs, Number.POSITIVE_INFINITY];
      }
      const found = stampMs + offsetMs;
      last = { stampMs, timeMs: found, intervalMs: isBackward ? intervalMs : Math.max(0, stampMs - lastStampMs) };
      return found;
    },
  };
}
