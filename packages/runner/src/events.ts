import type { SourceState } from "@ea/energy";
import type { AttemptJson, PlanRow, RecordJson } from "@ea/records";

/** What happens while a session runs, in order; for displays and logs. */
export type SessionEvent =
  | {
      readonly type: "session-started";
      readonly session: string;
      readonly directory: string;
      readonly planned: number;
      /** Rows that have ended before; 0 for a new session. */
      readonly ended: number;
      readonly seed: string;
      readonly sources: readonly SourceState[];
    }
  | { readonly type: "warning"; readonly code: string; readonly message: string }
  | {
      readonly type: "warm-up-started";
      readonly row: PlanRow;
      /** 1-based, and of how many. */
      readonly number: number;
      readonly of: number;
      readonly directory: string;
    }
  | { readonly type: "warm-up-finished"; readonly row: PlanRow; readonly number: number; readonly attempt: AttemptJson }
  | { readonly type: "row-started"; readonly row: PlanRow }
  | { readonly type: "attempt-started"; readonly row: PlanRow; readonly attempt: number; readonly directory: string }
  | {
      readonly type: "attempt-failed";
      readonly row: PlanRow;
      readonly attempt: number;
      readonly failureClass: string;
      readonly message: string;
      readonly isRetried: boolean;
    }
  | {
      readonly type: "sleeping";
      readonly seconds: number;
      readonly reason: "retry" | "run" | "configuration" | "gate" | "idle" | "cool-down" | "background";
    }
  | { readonly type: "cleaned-up"; readonly row: PlanRow; readonly directory: string }
  | { readonly type: "row-finished"; readonly row: PlanRow; readonly record: RecordJson; readonly path: string }
  | { readonly type: "row-interrupted"; readonly row: PlanRow; readonly directory: string }
  | { readonly type: "session-finished"; readonly result: SessionResult };

/** How a session ended. */
export interface SessionResult {
  readonly session: string;
  readonly directory: string;
  readonly planned: number;
  /** Rows that ended in success. */
  readonly completed: number;
  readonly failed: number;
  readonly suspect: number;
  readonly isInterrupted: boolean;
  /** Rows that other processes had when this one was through. */
  readonly leftToOthers: number;
  /** Paths of the records, in the order of the rows. */
  readonly records: readonly string[];
  /** `undefined` where only a part of the plan was to be executed: the summary is of the whole. */
  readonly summary: string | undefined;
}

/** Takes the events of a session as they come. */
export type OnEvent = (event: SessionEvent) => void;
