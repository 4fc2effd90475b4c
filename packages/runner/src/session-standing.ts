import { existsSync } from "node:fs";
import { join } from "node:path";
import { eachRecord, isStopRequested, readPlan, readStatus, type StatusJson } from "@ea/records";
import { isAlive, thisProcess } from "./process-identity.ts";

/** How a session stands, as its files tell. */
export interface SessionStanding {
  readonly session: string;
  readonly directory: string;
  /**
   * `not started`: planned only. `running`, `sleeping` (between two rows): its process lives. `lost`: its process has gone
   * without a word. `unseen`: its process is another host's and said last that it was at work. `stopped`: ended with rows
   * left, by request, budget or policy. `finished`: every row has its record.
   */
  readonly state:
    | "not started"
    | "running"
    | "sleeping"
    | "lost"
    | "unseen"
    | "stopped"
    | "interrupted"
    | "failed"
    | "finished";
  /** Whether `ea stop` was asked for, and the session has not gone on since. */
  readonly isToStop: boolean;
  readonly planned: number;
  readonly completed: number;
  readonly failed: number;
  readonly suspect: number;
  /** What the process that wrote last said; `undefined` when none has. */
  readonly status: StatusJson | undefined;
}

/**
 * Finds out how a session stands, from any process that can read its directory.
 *
 * @throws {RecordsError} `BAD_PLAN` when there is no session, `BAD_RECORD`, `TOO_NEW`.
 */
export async function sessionStanding(directory: string): Promise<SessionStanding> {
  const isToStop = isStopRequested(directory);
  if (!existsSync(join(directory, "status.json"))) {
    const counted = await countRecords(directory);
    const left = counted.planned - counted.completed - counted.failed - counted.suspect;
    return { ...counted, directory, isToStop, state: left === 0 ? "finished" : "not started", status: undefined };
  }
  const status = await readStatus(directory);
  const { session, planned, completed, failed, suspect } = status;
  return { session, directory, isToStop, planned, completed, failed, suspect, state: stateOf(status), status };
}

function stateOf({ state, writer, planned, completed, failed, suspect }: StatusJson): SessionStanding["state"] {
  if (state === "running" || state === "sleeping") {
    const alive = isAlive(writer, thisProcess());
    return alive === undefined ? "unseen" : alive ? state : "lost";
  }
  return state === "finished" && completed + failed + suspect < planned ? "stopped" : state;
}

/** Of a session that nobody has run, or of records that were not made by a session. */
async function countRecords(
  directory: string,
): Promise<Pick<SessionStanding, "session" | "planned" | "completed" | "failed" | "suspect">> {
  const { session, rows } = await readPlan(directory);
  const counts = { success: 0, failed: 0, suspect: 0 };
  for await (const { status } of eachRecord(directory)) counts[status] += 1;
  return { session, planned: rows.length, completed: counts.success, failed: counts.failed, suspect: counts.suspect };
}
