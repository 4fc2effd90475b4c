import type { DeviceState, Meter, Reading, SourceState } from "@ea/energy";
import type { Flag, Plan, PlanPart } from "@ea/records";
import type { Clock } from "./clock.ts";
import type { RecoverEnergy } from "./earlier-attempts.ts";
import type { OnEvent } from "./events.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import type { Scheduler } from "./session-claims.ts";
import type { Settings } from "./settings.ts";
import type { Slot } from "./slot.ts";
import type { CommandProcess } from "./supervise.ts";
import type { TrainingScript } from "./training-script.ts";

/** What a session needs besides its plan. */
export interface SessionOptions {
  readonly meters: readonly Meter[];
  /** Environment of the caller, passed on to the trainings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Tag that marks the processes of this session, unique among all sessions. */
  readonly tag: string;
  /** Told what finds the processes of each training when this one is gone: for a watchdog. */
  readonly onMark?: CommandProcess["onMark"];
  /** Told the governors to be put back when this process is gone, by file; none once they have been. */
  readonly onGovernors?: ((before: ReadonlyMap<string, string>) => void) | undefined;
  /** Finds the energy of attempts whose `ea` was killed in their raw files; without it their energy is `null`. */
  readonly recoverEnergy?: RecoverEnergy | undefined;
  readonly onEvent?: OnEvent | undefined;
  /** Told each reading of the meters while a training is measured. */
  readonly onReading?: ((reading: Reading) => void) | undefined;
  /** Aborting it ends the running training cleanly and starts no other. */
  readonly signal?: AbortSignal | undefined;
  /** Aborting it kills the running training at once. */
  readonly killSignal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
  /** The slot that it runs rows in; without it, it has the host for itself. */
  readonly slot?: Slot | undefined;
  /** Rows to be trained once more when all have ended, alone: what they differ by is what slots cost. @default none */
  readonly isolatedRuns?: number | undefined;
  /** The scheduler that started this process, if one has. */
  readonly scheduler?: Scheduler | undefined;
}

/** A session whose plan is on disk, with everything that its rows need. */
export interface OpenSession {
  readonly directory: string;
  readonly plan: Plan;
  readonly toolVersion: string;
  readonly settings: Settings;
  readonly experiments: readonly RequestedExperiment[];
  readonly scripts: ReadonlyMap<string, TrainingScript>;
  readonly sources: readonly SourceState[];
  readonly devices: readonly DeviceState[];
  /** Said when it starts. */
  readonly warnings: readonly string[];
  /** For every record that is written from now on. */
  readonly flags: readonly Flag[];
  /** Whether rows that have failed run once more. */
  readonly retriesFailed: boolean;
  /** Whether rows are taken whose holder cannot be seen from here. */
  readonly takesOver: boolean;
  /**
   * Present when the rows of `plan` are only a part of what was planned, which this process executes beside others: nothing
   * is done then that would take longer the longer the whole plan is.
   */
  readonly part?: Pick<PlanPart, "earlier" | "planned"> | undefined;
}
