import type { Flag } from "@ea/records";
import type { Clock } from "./clock.ts";
import { CLOCK_STEP_SECONDS, STANDSTILL_SECONDS } from "./defaults.ts";

const POLL_MS = 500;

/** Watches what would make times of a run wrong, until the flags are asked for. */
export interface TimeWatch {
  readonly stop: () => void;
  readonly flags: () => readonly Flag[];
}

/** Watches whether the wall clock is set, and whether this process stands still (Ctrl-Z, SIGSTOP) and comes late to the end. */
export function watchTime(clock: Pick<Clock, "now" | "monotonicMs">): TimeWatch {
  const [wallMs, steadyMs] = [clock.now().getTime(), clock.monotonicMs()];
  let seenMs = performance.now();
  let longestMs = 0;
  const look = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - seenMs - POLL_MS);
    seenMs = nowMs;
  };
  const timer = setInterval(look, POLL_MS);
  return {
    stop: () => clearInterval(timer),
    flags: () => {
      clearInterval(timer);
      look();
      const stepSeconds = (clock.now().getTime() - wallMs - (clock.monotonicMs() - steadyMs)) / 1000;
      return [...stepFlags(stepSeconds), ...standstillFlags(longestMs / 1000)];
    },
  };
}

function stepFlags(stepSeconds: number): readonly Flag[] {
  if (Math.abs(stepSeconds) <= CLOCK_STEP_SECONDS) return [];
  const way = stepSeconds > 0 ? "forward" : "back";
  const message = `the wall clock went ${Math.abs(stepSeconds).toFixed(1)} s ${way} during the run: it was set, or the machine slept; the duration is of a clock that does not step`;
  return [{ code: "clock-step", severity: "warning", message, evidence: { stepSeconds } }];
}

function standstillFlags(seconds: number): readonly Flag[] {
  if (seconds <= STANDSTILL_SECONDS) return [];
  const message = `ea itself stood still for ${seconds.toFixed(1)} s during the run: its end may have been seen so much too late`;
  return [{ code: "stood-still", severity: "error", message, evidence: { seconds } }];
}
