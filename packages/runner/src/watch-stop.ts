import { isStopRequested } from "@ea/records";

/** A request waits no longer than that for a session that rests. */
const LOOK_MS = 1000;

/** Looks, until it is closed, for a request to stop. */
export interface StopWatch {
  /** Aborted once somebody has asked, or the session is interrupted: nothing needs to rest any more. */
  readonly restSignal: AbortSignal;
  /** Looks now. */
  readonly isAsked: () => boolean;
  readonly close: () => void;
}

/** Watches a session's directory for a request to stop; one that has been seen is not forgotten. */
export function watchStop(directory: string, interrupted: AbortSignal): StopWatch {
  const asked = new AbortController();
  const look = (): void => {
    if (!asked.signal.aborted && isStopRequested(directory)) asked.abort();
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    restSignal: AbortSignal.any([interrupted, asked.signal]),
    isAsked: () => {
      look();
      return asked.signal.aborted;
    },
    close: () => clearInterval(timer),
  };
}
