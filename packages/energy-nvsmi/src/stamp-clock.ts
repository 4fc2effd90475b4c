/** Rows that wait in a buffer on their way come late together; the quickest of so many tells the time. */
const ROWS_PER_CHECK = 50;
/** So much stamps may go back within a sweep, and the quickest row be late: clocks drift, and a step may hide in a gap. */
const TOLERANCE_MS = 50;

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
  let offsetMs: number | undefined;
  let lastStampMs = Number.NEGATIVE_INFINITY;
  let quickestMs = Number.POSITIVE_INFINITY;
  let rows = 0;
  return {
    timeOf(stampMs, arrivalMs) {
      const isBackward = stampMs < lastStampMs - TOLERANCE_MS;
      lastStampMs = stampMs;
      if (offsetMs === undefined || isBackward) offsetMs = arrivalMs - stampMs;
      const delayMs = arrivalMs - (stampMs + offsetMs);
      if (delayMs < 0) offsetMs += delayMs;
      quickestMs = Math.min(quickestMs, Math.max(0, delayMs));
      rows += 1;
      if (rows === ROWS_PER_CHECK) {
        if (quickestMs > TOLERANCE_MS) offsetMs += quickestMs;
        [rows, quickestMs] = [0, Number.POSITIVE_INFINITY];
      }
      return stampMs + offsetMs;
    },
  };
}
