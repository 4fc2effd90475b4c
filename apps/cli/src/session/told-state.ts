import type { SessionStanding } from "@ea/runner";
import { parameters, restText } from "../format.ts";
import type { LiveState } from "../live/live-state.ts";
import { remainingTime } from "../live/remaining-time.ts";
import type { ToldEvent } from "./follow-events.ts";

/** Seconds of power, and runs, that are kept. */
const KEPT = 60;

/** Puts together what the files of a session tell of it, for the same display as that of `ea run`. */
export function toldState(): {
  readonly add: (event: ToldEvent) => void;
  readonly look: (
    standing: SessionStanding,
    now: Date,
    progress: (attemptDirectory: string) => string | undefined,
  ) => LiveState;
} {
  let name = "";
  let attempt: { readonly number: number; readonly directory: string; readonly startMs: number } | undefined;
  let resting: string | undefined;
  let warning: string | undefined;
  let endedMs: number | undefined;
  const turnarounds: number[] = [];
  const history = new Map<string, readonly number[]>();
  return {
    add: (event) => {
      const ms = Date.parse(event.time);
      const { seconds, reason, repository, model, hyperparameters = {}, mutated = [] } = event;
      if (event.type !== "sleeping" && event.type !== "warning") resting = undefined;
      if (event.type === "sleeping" && seconds !== undefined && reason) resting = restText({ seconds, reason });
      if (event.type === "warning") warning = event.message;
      if (event.type === "session-started") endedMs = ms;
      if (event.type === "row-started") {
        name = `${repository}/${model} ${parameters(hyperparameters, mutated)}`;
        attempt = undefined;
      }
      if (event.type === "attempt-started" && event.attempt !== undefined && event.directory !== undefined) {
        attempt = { number: event.attempt, directory: event.directory, startMs: ms };
      }
      if (event.type === "row-finished") {
        if (endedMs !== undefined) turnarounds.push(Math.max(0, ms - endedMs) / 1000);
        if (turnarounds.length > KEPT) turnarounds.shift();
        endedMs = ms;
      }
    },
    look: ({ session, planned, completed, failed, suspect, status }, now, progress) => {
      const current = status?.current ?? undefined;
      return {
        session,
        planned,
        completed,
        failed,
        suspect,
        remaining: remainingTime(turnarounds, planned - completed - failed - suspect),
        run: current && {
          row: current.row,
          name,
          attempt: current.attempt ?? undefined,
          elapsedSeconds: Math.max(0, (now.getTime() - (attempt?.startMs ?? Date.parse(current.since))) / 1000),
          usualSeconds: undefined,
          progress: attempt && progress(attempt.directory),
        },
        resting,
        sensors: (status?.readings ?? []).map((reading) => {
          const key = `${reading.name} ${reading.device ?? ""}`;
          const values = [...(history.get(key) ?? []), reading.power_watts].slice(-KEPT);
          history.set(key, values);
          return {
            name: reading.device === null ? reading.name : `${reading.name} ${reading.device.slice(0, 12)}`,
            watts: reading.power_watts,
            history: values,
            celsius: reading.temperature_celsius ?? undefined,
            percent: reading.utilization_percent ?? undefined,
            joules: undefined,
            isEstimate: reading.name.endsWith("_estimate"),
          };
        }),
        ended: undefined,
        lastMetrics: undefined,
        bestMetric: undefined,
        warning,
      };
    },
  };
}
