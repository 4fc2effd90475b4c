import type { Meter, Reading } from "@ea/energy";
import type { Flag, PlanRow } from "@ea/records";
import type { BackgroundTraining } from "./background-training.ts";
import type { Clock } from "./clock.ts";
import type { IdleBand } from "./idle-band.ts";
import type { RepositoryConfig } from "./models-config.ts";
import type { Work } from "./plausibility.ts";
import type { Slot } from "./slot.ts";
import type { CommandProcess } from "./supervise.ts";
import type { TrainingScript } from "./training-script.ts";

/** Everything that one execution of a row needs. */
export interface AttemptRequest {
  readonly row: PlanRow;
  /** 1-based. */
  readonly attempt: number;
  readonly config: RepositoryConfig;
  readonly script: TrainingScript;
  /** What runs beside it, in mode `parallel`. */
  readonly background?: BackgroundTraining | undefined;
  readonly meters: readonly Meter[];
  readonly timeoutSeconds: number;
  /** Seconds without output and CPU time after which the training is ended; 0: never. */
  readonly stallSeconds: number;
  /** Whether processes of others on the GPU and other load are looked for while it runs. */
  readonly isWatched: boolean;
  /** What the meters told while nothing ran. */
  readonly idle: readonly IdleBand[];
  /** Earlier successful runs of the same model. */
  readonly history: readonly Work[];
  readonly rowDirectory: string;
  readonly sessionDirectory: string;
  /** Environment of the caller, passed on to the training. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Tag of the session, unique among all sessions. */
  readonly tag: string;
  /** Where others train in other slots of this host. */
  readonly slot?: Slot | undefined;
  /** Told what finds the processes of each training when this one is gone: for a watchdog. */
  readonly onMark?: CommandProcess["onMark"];
  /** Told each reading inside the measured window. */
  readonly onReading?: ((reading: Reading) => void) | undefined;
  readonly flags: readonly Flag[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly killSignal: AbortSignal;
  /** Whether a scheduler started us, whose signals reach the training as well. @default false */
  readonly isScheduled?: boolean | undefined;
}
