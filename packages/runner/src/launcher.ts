import type { RowRange } from "@ea/records";
import type { SessionResult } from "./events.ts";
import { type PlanRunRequest, runPlan } from "./run-plan.ts";
import type { SessionOptions } from "./session-options.ts";

/** Rows of a plan that is on disk. */
export interface PlannedWork {
  /** The session's directory, as every process that executes rows sees it. */
  readonly directory: string;
  /** The rows to be executed; without it all that have not ended. */
  readonly rows?: RowRange | undefined;
}

/**
 * Has the rows of a plan executed. Whoever does it claims each row on the file system, so that any number of launchers may
 * work on one plan, and none keeps a state of its own that the records do not tell.
 */
export interface Launcher<Launched> {
  readonly name: string;
  /** Resolves once the rows have ended, or once they are in the hands of somebody who executes them later. */
  readonly launch: (work: PlannedWork) => Promise<Launched>;
}

/** Executes rows one after another in this process. */
export function localLauncher(
  request: Omit<PlanRunRequest, keyof PlannedWork>,
  options: SessionOptions,
): Launcher<SessionResult> {
  return { name: "local", launch: (work) => runPlan({ ...request, ...work }, options) };
}
