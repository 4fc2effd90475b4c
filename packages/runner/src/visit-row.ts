import { mkdir } from "node:fs/promises";
import { findRecord, type PlanRow, type RecordJson, RecordsError, retireRecord } from "@ea/records";
import { clockOffsetFlags } from "./clock-offset.ts";
import { rowDirectory as directoryOf, type EndedRow, endedRow } from "./ended-rows.ts";
import { type RestContext, restBetween } from "./rest.ts";
import { type RowsContext, rowRequest } from "./row-request.ts";
import { runRow } from "./run-row.ts";
import { holderText, takeRow } from "./session-claims.ts";
import type { OpenSession } from "./session-options.ts";

/** What became of a row: another process has it, it was interrupted, the session was to stop, it had ended, or it has ended now. */
export type Visit =
  | { readonly state: "busy"; readonly message: string }
  | { readonly state: "interrupted" | "not started" | "ended before" }
  | { readonly state: "ran"; readonly ended: EndedRow };

/** Claims a row and executes it, unless another process has it or has ended it. */
export async function visitRow(
  row: PlanRow,
  session: OpenSession,
  context: RowsContext,
  progress: {
    readonly ended: Map<number, EndedRow>;
    readonly previous: PlanRow | undefined;
    /** How it failed, when it is to run once more. */
    readonly failed: EndedRow | undefined;
  },
): Promise<Visit> {
  const rowDirectory = directoryOf(session.directory, row);
  const note = (record: RecordJson): EndedRow => {
    const result = endedRow(session.directory, row, record);
    progress.ended.set(row.row, result);
    return result;
  };
  // Of another process: no need to claim it, which would only be more to write for each of them
  const before = progress.failed ? undefined : await findRecord(rowDirectory);
  if (before) {
    note(before);
    return { state: "ended before" };
  }
  await mkdir(rowDirectory, { recursive: true });
  const claim = await takeRow(rowDirectory, { ...context, takeOver: session.takesOver });
  if ("holder" in claim) {
    return { state: "busy", message: `Row ${row.row} is left out: ${holderText(claim.holder, context.identity)}` };
  }
  try {
    // Only now: another process may have ended it just before it gave it back
    const there = await findRecord(rowDirectory);
    if (there && !(there.status === "failed" && there.attempts.length === progress.failed?.attempts)) {
      note(there);
      return { state: "ended before" };
    }
    const apart = await clockOffsetFlags(claim.path);
    const rested = await restBetween(progress.previous, row, context.idle, restContext(session, context));
    if (context.signal.aborted) return { state: "interrupted" };
    if (context.stop.isAsked()) return { state: "not started" };
    if (there) {
      await retireRecord(rowDirectory);
      progress.ended.delete(row.row);
    }
    const { record } = await runRow(
      await rowRequest(row, rowDirectory, session, context, { ended: progress.ended, flags: [...apart, ...rested] }),
    );
    return record ? { state: "ran", ended: note(record) } : { state: "interrupted" };
  } catch (error) {
    const there = error instanceof RecordsError && error.code === "EXISTS" && (await findRecord(rowDirectory));
    if (!there) throw error;
    const message = `Row ${row.row} was ended by another process meanwhile; this attempt stays without a record`;
    context.onEvent({ type: "warning", code: "claimed", message });
    note(there);
    return { state: "ended before" };
  } finally {
    await claim.release();
  }
}

/** What resting before, between and after rows needs. */
export function restContext(
  session: OpenSession,
  context: Omit<RowsContext, "idle" | "libraries" | "copies">,
): RestContext {
  const { settings, sources } = session;
  return { ...context, signal: context.stop.restSignal, settings, sources, idleParent: sideDirectory(session) };
}

/** Where idle baselines and warm-ups are kept: with the first row of a part, beside the rows of a whole session. */
export function sideDirectory({ directory, plan, part }: OpenSession): string {
  const [first] = plan.rows;
  return part && first ? directoryOf(directory, first) : directory;
}
