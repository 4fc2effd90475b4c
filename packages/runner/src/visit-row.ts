import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type Environment,
  type Flag,
  findRecord,
  type PlanRow,
  type RecordJson,
  RecordsError,
  retireRecord,
} from "@ea/records";
import { besideRow } from "./background-row.ts";
import type { Clock } from "./clock.ts";
import { type EndedRow, endedRow } from "./ended-rows.ts";
import type { OnEvent } from "./events.ts";
import { findEnvironment } from "./find-environment.ts";
import type { GovernorState } from "./governor.ts";
import type { IdleBand } from "./idle-band.ts";
import type { MachineMemory } from "./machine-memory.ts";
import { rowDirectoryName } from "./make-plan.ts";
import { notPassedFlags } from "./not-passed-flags.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import { type RestContext, restBetween } from "./rest.ts";
import { runRow } from "./run-row.ts";
import { holderText, takeRow } from "./session-claims.ts";
import type { OpenSession, SessionOptions } from "./session-options.ts";
import { watchSharedHost } from "./shared-host.ts";
import type { TrainingScript } from "./training-script.ts";
import type { StopWatch } from "./watch-stop.ts";
import type { WorkingCopies } from "./working-copies.ts";

/** Everything that running rows needs besides the session. */
export interface RowsContext extends SessionOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: OnEvent;
  readonly identity: ProcessIdentity;
  readonly governor: GovernorState;
  /** Told when somebody asks the session to stop: rests end then, trainings do not. */
  readonly stop: StopWatch;
  /** What the gate remembers of the session's earlier attempts. */
  readonly memory: MachineMemory;
  /** What the meters told while nothing ran; none where that is not known. */
  readonly idle: readonly IdleBand[];
  /** Versions of libraries, by repository. */
  readonly libraries: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where background loads run. */
  readonly copies: WorkingCopies;
}

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
  const rowDirectory = join(session.directory, rowDirectoryName(row));
  const note = (record: RecordJson): EndedRow => {
    const result = endedRow(session.directory, row, record);
    progress.ended.set(row.row, result);
    return result;
  };
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
    const rested = await restBetween(progress.previous, row, context.idle, restContext(session, context));
    if (context.signal.aborted) return { state: "interrupted" };
    if (context.stop.isAsked()) return { state: "not started" };
    if (there) {
      await retireRecord(rowDirectory);
      progress.ended.delete(row.row);
    }
    const { record } = await execute(row, rowDirectory, session, context, { ended: progress.ended, flags: rested });
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
  { settings, sources, directory }: OpenSession,
  context: Omit<RowsContext, "idle" | "libraries" | "copies">,
): RestContext {
  return { ...context, signal: context.stop.restSignal, settings, sources, sessionDirectory: directory };
}

async function execute(
  row: PlanRow,
  rowDirectory: string,
  session: OpenSession,
  context: RowsContext,
  { ended, flags }: { readonly ended: ReadonlyMap<number, EndedRow>; readonly flags: readonly Flag[] },
): ReturnType<typeof runRow> {
  const { directory, toolVersion, devices, settings } = session;
  const { clock, identity, governor } = context;
  const experiment = session.experiments[row.experiment];
  const script = session.scripts.get(row.repository);
  if (!experiment || !script)
    throw new RangeError(`the plan names an experiment that was not prepared: ${row.experiment}`);
  const factsOf = (of: TrainingScript, repository: string): Promise<Environment> =>
    findEnvironment(of, {
      toolVersion,
      governor,
      devices,
      libraries: context.libraries[repository] ?? {},
      environment: context.environment,
    });
  const environmentFacts = await factsOf(script, row.repository);
  const shared = await watchSharedHost(directory, rowDirectory, {
    here: identity,
    ended: () => new Set([...ended.values()].map((each) => each.directory)),
    now: clock.now,
  });
  const isComparable = (each: EndedRow): boolean =>
    each.status === "success" &&
    each.row.repository === row.repository &&
    each.row.model === row.model &&
    each.row.background?.key === row.background?.key;
  return runRow({
    row,
    config: experiment.config,
    script,
    meters: context.meters,
    idle: context.idle,
    history: [...ended.values()].filter(isComparable).map(({ work }) => work),
    rowDirectory,
    sessionDirectory: directory,
    environment: context.environment,
    tag: context.tag,
    memory: context.memory,
    onMark: context.onMark,
    onReading: context.onReading,
    clock,
    signal: context.signal,
    killSignal: context.killSignal ?? new AbortController().signal,
    settings,
    environmentFacts,
    ...(await besideRow(row, session, context, factsOf)),
    rowFlags: async () => [
      ...session.flags,
      ...flags,
      ...notPassedFlags(row, experiment.config),
      ...(await shared.flags()),
    ],
    recoverEnergy: context.recoverEnergy ?? (() => Promise.resolve({ reason: "its raw files were not looked at" })),
    onEvent: context.onEvent,
  });
}
