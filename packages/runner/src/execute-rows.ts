import { eachRecord, type PlanRow } from "@ea/records";
import { type EndedRow, leftOf } from "./ended-rows.ts";
import type { RowsContext } from "./row-request.ts";
import { joulesOf, sessionGuard } from "./session-guard.ts";
import type { OpenSession } from "./session-options.ts";
import { visitRow } from "./visit-row.ts";
import { warmUp } from "./warm-up.ts";

/** Why no other row was started: all have ended, others have those that have not, or it was told to stop. */
export interface RowsOutcome {
  readonly why: "done" | "left to others" | "stopped";
  /** Rows that others have. */
  readonly leftToOthers: number;
}

const STOPPED: RowsOutcome = { why: "stopped", leftToOthers: 0 };

/**
 * Claims and executes the rows that have not ended, in the order of the plan; those of other processes are looked at again
 * when something else has ended meanwhile.
 *
 * @param ended is added to.
 */
export async function executeRows(
  session: OpenSession,
  context: RowsContext,
  ended: Map<number, EndedRow>,
): Promise<RowsOutcome> {
  const { settings, plan, retriesFailed } = session;
  let left = leftOf(plan.rows, ended, retriesFailed);
  const failed = new Map(left.map(({ row }) => [row, ended.get(row)]));
  const told = new Set<number>();
  const guard = sessionGuard(settings, {
    startMs: context.clock.monotonicMs(),
    ended: session.part && settings.maxJoules !== undefined ? await joulesOfAll(session.directory) : ended.values(),
  });
  let previous = await warmUp(left, session, context);
  for (;;) {
    const busy: PlanRow[] = [];
    for (const row of left) {
      const reason = guard.reason(context.clock.monotonicMs());
      if (reason !== undefined) {
        context.onEvent({ type: "warning", code: "stopped", message: `Stopped before row ${row.row}: ${reason}` });
        return STOPPED;
      }
      if (context.signal.aborted) return STOPPED;
      if (context.stop.isAsked()) return askedToStop(row, context);
      const visit = await visitRow(row, session, context, {
        ended,
        previous,
        failed: failed.get(row.row),
      });
      if (visit.state === "busy") {
        busy.push(row);
        if (!told.has(row.row)) context.onEvent({ type: "warning", code: "claimed", message: visit.message });
        told.add(row.row);
      }
      if (visit.state === "interrupted") return STOPPED;
      if (visit.state === "not started") return askedToStop(row, context);
      if (visit.state !== "ran") continue;
      previous = row;
      guard.add(visit.ended);
      if (settings.failFast && visit.ended.status !== "success") return STOPPED;
    }
    if (busy.length === 0) return { why: "done", leftToOthers: 0 };
    if (busy.length === left.length) return { why: "left to others", leftToOthers: busy.length };
    left = busy;
  }
}

function askedToStop({ row }: PlanRow, { onEvent }: RowsContext): RowsOutcome {
  onEvent({ type: "warning", code: "stopped", message: `Stopped before row ${row}, as \`ea stop\` has asked` });
  return STOPPED;
}

/** What the whole session has used: only a budget has its records read by those who execute a part. */
async function joulesOfAll(directory: string): Promise<readonly { readonly joules: number }[]> {
  let joules = 0;
  for await (const record of eachRecord(directory)) joules += joulesOf(record);
  return [{ joules }];
}
