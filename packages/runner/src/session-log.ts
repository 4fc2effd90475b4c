import type { Reading } from "@ea/energy";
import {
  type EventLog,
  isoWithOffset,
  openEventLog,
  RecordsError,
  SCHEMA_VERSION,
  type StatusJson,
  writeStatus,
} from "@ea/records";
import type { Clock } from "./clock.ts";
import { eventToJson } from "./event-json.ts";
import type { OnEvent, SessionEvent } from "./events.ts";
import type { ProcessIdentity } from "./process-identity.ts";

/** `status.json` is replaced at most so often: rows may take no longer than that. */
const STATUS_MS = 100;

/** So often, and no oftener, what the meters say is written while nothing else happens. */
const READINGS_MS = 5000;

/** What other processes can read about a session while it runs. */
export interface SessionLog {
  /** Writes an event down, and passes it on. */
  readonly onEvent: OnEvent;
  /** Takes what the meters say. */
  readonly onReading: (reading: Reading) => void;
  /** Ends the log, with the last state. */
  readonly close: (state: StatusJson["state"]) => void;
}

/** What a session's log is about. */
export interface SessionLogOptions {
  readonly session: string;
  readonly directory: string;
  readonly planned: number;
  /** How the rows ended that have ended before. */
  readonly ended: ReadonlyMap<number, "success" | "failed" | "suspect">;
  readonly writer: ProcessIdentity;
  readonly clock: Clock;
  readonly onEvent: OnEvent;
  /** Whether `status.json` is kept, which speaks of the whole session. @default true */
  readonly keepsStatus?: boolean | undefined;
}

/**
 * Keeps `status.json` and this process's `events/….jsonl`. When one of them cannot be written any more (a full disk), a
 * warning says so, and the session goes on without it: its records are what counts.
 *
 * @throws {RecordsError} `NOT_WRITABLE` when the session's directory cannot be written to from the start.
 */
export async function openSessionLog(options: SessionLogOptions): Promise<SessionLog> {
  const { session, directory, planned, writer, clock, onEvent } = options;
  const log = await openLog(directory, writer);
  const ended = new Map(options.ended);
  let current: StatusJson["current"] = null;
  let hasFailed = false;
  let timer: NodeJS.Timeout | undefined;
  let writtenMs = Number.NEGATIVE_INFINITY;
  const counts = { success: 0, failed: 0, suspect: 0 };
  const readings = new Map<string, Reading & { readonly powerWatts: number }>();
  for (const status of ended.values()) counts[status] += 1;
  const now = (): string => isoWithOffset(clock.now());
  const attempt = (write: () => void): void => {
    if (hasFailed) return;
    try {
      write();
    } catch (error) {
      hasFailed = true;
      const why = error instanceof Error ? error.message : String(error);
      onEvent({ type: "warning", code: "status", message: `status.json and events/ are not kept any more: ${why}` });
    }
  };
  const replaceStatus = (state: StatusJson["state"]): void => {
    clearTimeout(timer);
    timer = undefined;
    writtenMs = performance.now();
    if (options.keepsStatus === false) return;
    attempt(() => {
      const { success: completed, failed, suspect } = counts;
      const common = { schema_version: SCHEMA_VERSION, session, state, updated_at: now(), writer } as const;
      const told = [...readings.values()].map(readingToJson);
      writeStatus(directory, { ...common, planned, completed, failed, suspect, current, readings: told });
    });
  };
  /** At once, or where rows take no time with what comes within the next moment. */
  const replaceSoon = (state: StatusJson["state"]): void => {
    clearTimeout(timer);
    const waitMs = writtenMs + STATUS_MS - performance.now();
    if (waitMs <= 0) replaceStatus(state);
    else timer = setTimeout(() => replaceStatus(state), waitMs);
  };
  const note = (row: number, status?: keyof typeof counts): void => {
    const before = ended.get(row);
    if (before) counts[before] -= 1;
    ended.delete(row);
    if (status === undefined) return;
    counts[status] += 1;
    ended.set(row, status);
  };
  return {
    onEvent: (event) => {
      attempt(() => log.add(logLine(event, clock)));
      if (event.type === "row-started") {
        note(event.row.row);
        current = { row: event.row.row, experiment_id: event.row.experimentId, attempt: null, since: now() };
      } else if (event.type === "attempt-started") {
        current = { row: event.row.row, experiment_id: event.row.experimentId, attempt: event.attempt, since: now() };
      } else if (event.type === "row-finished") {
        note(event.row.row, event.record.status);
        current = null;
        readings.clear();
      } else if (event.type === "row-interrupted") current = null;
      const isChange = !["warning", "cleaned-up", "session-finished"].includes(event.type);
      if (isChange) replaceSoon(event.type === "sleeping" ? "sleeping" : "running");
      onEvent(event);
    },
    onReading: (reading) => {
      const { name, device, powerWatts } = reading;
      if (powerWatts === undefined) return;
      readings.set(`${name} ${device ?? ""}`, { ...reading, powerWatts });
      if (performance.now() - writtenMs >= READINGS_MS) replaceStatus("running");
    },
    close: (state) => {
      readings.clear();
      replaceStatus(state);
      log.close();
    },
  };
}

async function openLog(directory: string, writer: ProcessIdentity): Promise<EventLog> {
  return openEventLog(directory, writer).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RecordsError("NOT_WRITABLE", `Session directory ${directory} is not writable: ${why}`, { cause });
  });
}

function readingToJson(reading: Reading & { readonly powerWatts: number }): StatusJson["readings"][number] {
  const { name, device, powerWatts, temperatureCelsius, utilizationPercent } = reading;
  return {
    name,
    device: device ?? null,
    power_watts: powerWatts,
    temperature_celsius: temperatureCelsius ?? null,
    utilization_percent: utilizationPercent ?? null,
  };
}

/** As `--events` prints it, but with the record's status instead of the record, which has a file of its own. */
function logLine(event: SessionEvent, clock: Clock): Readonly<Record<string, unknown>> {
  const line = eventToJson(event, clock.now());
  return event.type === "row-finished" ? { ...line, record: undefined, status: event.record.status } : line;
}
