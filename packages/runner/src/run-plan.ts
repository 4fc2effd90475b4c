import { endedAmong } from "./ended-rows.ts";
import type { SessionResult } from "./events.ts";
import { executeSession, resultOf } from "./execute-session.ts";
import { readPart } from "./read-part.ts";
import { openSession, type ResumeRequest } from "./resume-session.ts";
import type { SessionOptions } from "./session-options.ts";

/** A plan on disk, and what of it this process is to execute. */
export type PlanRunRequest = Omit<ResumeRequest, "retriesFailed" | "isForced" | "mayMove">;

/**
 * Executes rows of a plan that is on disk, beside any number of processes on this or other hosts: each row is executed by
 * the one that claims it. Without `rows`, rows are claimed until none is left. With them, exactly these are, and what that
 * costs does not depend on the length of the plan; where all have ended, nothing else is looked at.
 *
 * @throws as `openSession`, and {RecordsError} `NOT_WRITABLE`.
 */
export async function runPlan(request: PlanRunRequest, options: SessionOptions): Promise<SessionResult> {
  const { directory, rows } = request;
  if (rows) {
    const { plan } = await readPart(directory, rows);
    const ended = await endedAmong(directory, plan.rows);
    if (ended.size === plan.rows.length) {
      return { ...resultOf(plan, directory, ended, false), leftToOthers: 0, summary: undefined };
    }
  }
  return executeSession(await openSession({ ...request, mayMove: true }, options.meters), options);
}
