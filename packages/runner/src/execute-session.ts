import type { Reading } from "@ea/energy";
import { type Plan, rebuildSummary, withdrawStop } from "@ea/records";
import { systemClock } from "./clock.ts";
import { type EndedRow, endedAmong, endedRows, leftOf } from "./ended-rows.ts";
import type { SessionResult } from "./events.ts";
import { executeRows, type RowsOutcome } from "./execute-rows.ts";
import { summarizeAsPlanned } from "./executed-as-planned.ts";
import { setGovernor } from "./governor.ts";
import { isolatedRuns } from "./isolated-runs.ts";
import { machineMemory } from "./machine-memory.ts";
import { thisProcess } from "./process-identity.ts";
import { restAtIdle } from "./rest.ts";
import { openSessionLog, type SessionLog } from "./session-log.ts";
import type { OpenSession, SessionOptions } from "./session-options.ts";
import { findAllLibraries } from "./training-libraries.ts";
import { restContext } from "./visit-row.ts";
import { watchStop } from "./watch-stop.ts";
import { makeWorkingCopies } from "./working-copies.ts";

/**
 * Runs what is left of a session whose plan is on disk, and leaves the summary. Rows that another process has are left to
 * it.
 *
 * @throws {RunnerError} `NOT_FIT` when the gate refuses, `NOT_AS_PLANNED`.
 * @throws {RecordsError} `NOT_WRITABLE`, or `BAD_RECORD` for a record that cannot be read.
 */
export async function executeSession(session: OpenSession, options: SessionOptions): Promise<SessionResult> {
  const { directory, plan } = session;
  const { clock = systemClock, onEvent = () => undefined } = options;
  const identity = thisProcess();
  const { part } = session;
  const ended = part
    ? await endedAmong(directory, [...part.earlier, ...plan.rows])
    : await endedRows(directory, plan.rows);
  const endedBefore = plan.rows.filter(({ row }) => ended.has(row)).length;
  const log = await openSessionLog({
    session: plan.session,
    directory,
    planned: plan.rows.length,
    ended: new Map([...ended].map(([row, { status }]) => [row, status])),
    writer: identity,
    clock,
    onEvent,
    keepsStatus: !part,
  });
  let state: Parameters<SessionLog["close"]>[0] = "failed";
  if (!part) await withdrawStop(directory); // of before: to go on is what is asked for now
  const signal = options.signal ?? new AbortController().signal;
  const stop = watchStop(directory, signal);
  try {
    announce(session, endedBefore, log);
    const result = await underGovernor(session, { log, onGovernors: options.onGovernors }, async (governor) => {
      const libraries = await findAllLibraries(session.scripts, options.environment);
      const onReading = (reading: Reading): void => {
        log.onReading(reading);
        options.onReading?.(reading);
      };
      const common = {
        ...options,
        clock,
        signal,
        onEvent: log.onEvent,
        onReading,
        identity,
        governor,
        stop,
        memory: machineMemory(),
      };
      const resting = restContext(session, common);
      const left = leftOf(plan.rows, ended, session.retriesFailed);
      const hasRowsLeft = left.length > 0;
      // Before the idle baseline, which copying would disturb
      const copies = await makeWorkingCopies(session, left, common);
      let outcome: RowsOutcome;
      try {
        const idle = hasRowsLeft ? await restAtIdle("before", resting) : [];
        const context = { ...common, idle, libraries, copies };
        outcome = await executeRows(session, context, ended);
        if (outcome.why === "done" && options.isolatedRuns !== undefined) {
          const message = await isolatedRuns(session, context, ended);
          if (message !== undefined) log.onEvent({ type: "warning", code: "slots", message });
        }
      } finally {
        await copies.remove();
      }
      if (hasRowsLeft && outcome.why === "done" && !part) await restAtIdle("after", resting);
      return conclude(session, ended, outcome, signal);
    });
    log.onEvent({ type: "session-finished", result });
    state = result.isInterrupted ? "interrupted" : "finished";
    return result;
  } catch (error) {
    // What has finished stays finished: its summary is there even if the disk is full or the gate refused
    if (!part) await rebuildSummary(directory).catch(() => undefined);
    throw error;
  } finally {
    stop.close();
    log.close(state);
  }
}

function announce(
  { directory, plan, sources, warnings, part }: OpenSession,
  ended: number,
  { onEvent }: SessionLog,
): void {
  const { session, seed, rows } = plan;
  const planned = part?.planned ?? rows.length;
  onEvent({ type: "session-started", session, directory, planned, ended, seed, sources });
  for (const message of warnings) onEvent({ type: "warning", code: "plan", message });
}

async function underGovernor<Result>(
  { settings }: OpenSession,
  { log: { onEvent }, onGovernors }: { readonly log: SessionLog } & Pick<SessionOptions, "onGovernors">,
  work: (governor: Awaited<ReturnType<typeof setGovernor>>) => Promise<Result>,
): Promise<Result> {
  const governor = await setGovernor(settings.governor, { onChange: onGovernors });
  if (governor.problem !== undefined) onEvent({ type: "warning", code: "governor", message: governor.problem });
  try {
    return await work(governor);
  } finally {
    await governor.restore().catch((error: unknown) => {
      onEvent({ type: "warning", code: "governor", message: `the governor was not restored: ${String(error)}` });
    });
  }
}

async function conclude(
  { plan, directory, part }: OpenSession,
  ended: ReadonlyMap<number, EndedRow>,
  { why, leftToOthers }: RowsOutcome,
  signal: AbortSignal,
): Promise<SessionResult> {
  const isOver = why === "done" && !signal.aborted;
  const summary = part ? undefined : await summarizeAsPlanned(directory, plan, { ended, isOver });
  return { ...resultOf(plan, directory, ended, signal.aborted), leftToOthers, summary };
}

/** How the rows of a plan stand, by those that have ended. */
export function resultOf(
  { session, rows: planned }: Pick<Plan, "session" | "rows">,
  directory: string,
  ended: ReadonlyMap<number, EndedRow>,
  isAborted: boolean,
): Omit<SessionResult, "leftToOthers" | "summary"> {
  const rows = planned.flatMap(({ row }) => ended.get(row) ?? []);
  const count = (wanted: EndedRow["status"]): number => rows.filter(({ status }) => status === wanted).length;
  return {
    session,
    directory,
    planned: planned.length,
    completed: count("success"),
    failed: count("failed"),
    suspect: count("suspect"),
    isInterrupted: isAborted && rows.length < planned.length,
    records: rows.map(({ path }) => path),
  };
}
