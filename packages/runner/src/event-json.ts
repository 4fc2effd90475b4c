import { planRowToJson } from "@ea/records";
import type { SessionEvent, SessionResult } from "./events.ts";

/** How a session ended, as JSON. */
export function resultToJson(result: SessionResult): Record<string, unknown> {
  const { session, directory, planned, completed, failed, suspect, isInterrupted, records } = result;
  const counts = { planned, completed, failed, suspect, left_to_others: result.leftToOthers };
  return { session, directory, ...counts, interrupted: isInterrupted, records, summary: result.summary ?? null };
}

/** An event as JSON: one line of a log. */
export function eventToJson(event: SessionEvent, now: Date): Record<string, unknown> {
  const common = { type: event.type, time: now.toISOString() };
  switch (event.type) {
    case "session-started": {
      const { session, directory, planned, ended, seed, sources } = event;
      return { ...common, session, directory, planned, ended, seed, sources };
    }
    case "warning":
      return { ...common, code: event.code, message: event.message };
    case "sleeping":
      return { ...common, seconds: event.seconds, reason: event.reason };
    case "session-finished":
      return { ...common, ...resultToJson(event.result) };
    case "warm-up-started":
      return { ...common, row: event.row.row, number: event.number, of: event.of, directory: event.directory };
    case "warm-up-finished": {
      const { status, failure_class, duration_seconds } = event.attempt;
      return { ...common, row: event.row.row, number: event.number, status, failure_class, duration_seconds };
    }
    case "row-started":
      return { ...common, ...planRowToJson(event.row) };
    case "attempt-started":
      return { ...common, row: event.row.row, attempt: event.attempt, directory: event.directory };
    case "attempt-failed": {
      const { row, attempt, failureClass, message, isRetried } = event;
      return { ...common, row: row.row, attempt, failure_class: failureClass, message, retried: isRetried };
    }
    case "cleaned-up":
    case "row-interrupted":
      return { ...common, row: event.row.row, directory: event.directory };
    case "row-finished":
      return { ...common, row: event.row.row, path: event.path, record: event.record };
  }
}
