import type { Environment, Flag, PlanRow } from "@ea/records";
import { besideRow } from "./background-row.ts";
import type { Clock } from "./clock.ts";
import type { EndedRow } from "./ended-rows.ts";
import type { OnEvent } from "./events.ts";
import { findEnvironment } from "./find-environment.ts";
import type { GovernorState } from "./governor.ts";
import type { IdleBand } from "./idle-band.ts";
import type { MachineMemory } from "./machine-memory.ts";
import { notPassedFlags } from "./not-passed-flags.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import type { RowRequest } from "./run-row.ts";
import type { OpenSession, SessionOptions } from "./session-options.ts";
import { watchSharedHost } from "./shared-host.ts";
import { besideSlots } from "./slot-flags.ts";
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

/** What executing a row of a session in a directory needs. */
export async function rowRequest(
  row: PlanRow,
  rowDirectory: string,
  session: OpenSession,
  context: RowsContext,
  { ended, flags }: { readonly ended: ReadonlyMap<number, EndedRow>; readonly flags: readonly Flag[] },
): Promise<RowRequest> {
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
  const shared = await watchSharedHost(directory, rowDirectory, { here: identity, now: clock.now });
  const isComparable = (each: EndedRow): boolean =>
    each.status === "success" &&
    each.row.repository === row.repository &&
    each.row.model === row.model &&
    each.row.background?.key === row.background?.key;
  return {
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
    slot: context.slot,
    memory: context.memory,
    onMark: context.onMark,
    onReading: context.onReading,
    clock,
    signal: context.signal,
    killSignal: context.killSignal ?? new AbortController().signal,
    isScheduled: context.scheduler !== undefined,
    settings,
    environmentFacts,
    ...(await besideRow(row, session, context, factsOf)),
    rowFlags: async () => [
      ...session.flags,
      ...flags,
      ...notPassedFlags(row, experiment.config),
      ...(await shared.flags()).map((flag) => (context.slot ? besideSlots(flag, context.slot) : flag)),
    ],
    recoverEnergy: context.recoverEnergy ?? (() => Promise.resolve({ reason: "its raw files were not looked at" })),
    onEvent: context.onEvent,
  };
}
