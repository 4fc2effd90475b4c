import type { AttemptJson } from "@ea/records";
import type { RunEnergy } from "./run-energy.ts";
import { isoAt, offsetMinutes, wallClockMs } from "./wall-clock.ts";

/** When a run took place. */
export interface RunTimes {
  /** ISO 8601 with offset. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly startMs: number;
  readonly durationSeconds: number;
  readonly windows: NonNullable<AttemptJson["meter_windows"]>;
  /** Where each comes from. */
  readonly provenance: Readonly<Record<"timestamp" | "ended_at" | "duration_seconds" | "utc_offset", string>>;
}

/** What is known of the time of a run. */
export interface TimeFacts {
  /** The record's, without an offset, at the end of the run. */
  readonly timestamp: string | undefined;
  readonly durationSeconds: number | undefined;
  readonly energy: Pick<RunEnergy, "powerSpan" | "elapsedSeconds">;
  /** That of other runs, in minutes. */
  readonly usualOffset: number | undefined;
}

/** Puts the times of a run together; a text where nothing says when it was or how long it took. */
export function runTimes({ timestamp, durationSeconds, energy, usualOffset }: TimeFacts): RunTimes | string {
  const { powerSpan: span, elapsedSeconds } = energy;
  const wallMs = timestamp === undefined ? undefined : wallClockMs(timestamp);
  const own = wallMs === undefined || !span ? undefined : offsetMinutes(wallMs, span.endMs);
  const minutes = own ?? usualOffset ?? 0;
  const spanSeconds = span && (span.endMs - span.startMs) / 1000;
  const seconds = durationSeconds ?? elapsedSeconds ?? spanSeconds;
  if (seconds === undefined) return "nothing says how long it took: no duration, no report of perf, no trace of power";
  const endMs = wallMs !== undefined ? wallMs - minutes * 60_000 : span && span.startMs + seconds * 1000;
  if (endMs === undefined) return "nothing says when it was: no time stamp that can be read, no trace of power";
  // The trace of another run would put this one elsewhere
  const isOwnTrace = span && Math.abs(span.startMs - (endMs - seconds * 1000)) < FAR_MS;
  const startMs = isOwnTrace ? span.startMs : endMs - seconds * 1000;
  return {
    startedAt: isoAt(startMs, minutes),
    endedAt: isoAt(endMs, minutes),
    startMs,
    durationSeconds: seconds,
    windows: {
      ...(span && { "nvidia-smi": { start_ms: span.startMs, end_ms: span.endMs } }),
      ...(elapsedSeconds !== undefined && { cpu: { start_ms: startMs, end_ms: startMs + elapsedSeconds * 1000 } }),
    },
    provenance: {
      timestamp: isOwnTrace ? "first reading of the GPU's trace" : "end less duration",
      ended_at: wallMs !== undefined ? "timestamp of the original's record" : "start and duration",
      duration_seconds:
        durationSeconds !== undefined
          ? "recorded"
          : elapsedSeconds !== undefined
            ? "time elapsed in perf's report"
            : "span of the GPU's trace",
      utc_offset: own !== undefined ? "own trace" : usualOffset !== undefined ? "traces of other runs" : "taken as UTC",
    },
  };
}

/** A trace begins with its run, give or take this. */
const FAR_MS = 60_000;
