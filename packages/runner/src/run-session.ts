import { resolve } from "node:path";
import { createSessionDirectory, writePlan } from "@ea/records";
import { machineOf } from "./basis.ts";
import type { SessionResult } from "./events.ts";
import { executeSession } from "./execute-session.ts";
import { findMeters } from "./find-meters.ts";
import { renamePlan } from "./make-plan.ts";
import type { PreparedSession } from "./prepare-session.ts";
import type { SessionOptions } from "./session-options.ts";

/**
 * Runs a prepared session: writes the plan, executes row after row, leaves one record each and the summary.
 *
 * @throws {RunnerError} `NOT_FIT` when a required energy cannot be measured or the gate refuses.
 * @throws {RecordsError} `NOT_WRITABLE` when the results directory cannot be made.
 */
export async function runSession(
  prepared: PreparedSession,
  options: SessionOptions & {
    /** Directory that holds all sessions. */
    readonly results: string;
  },
): Promise<SessionResult> {
  const { settings, experiments, scripts, request } = prepared;
  const { sources, devices } = await findMeters(options.meters, settings);
  const { session, directory } = await createSessionDirectory(resolve(options.results), prepared.plan.session);
  const basis = { ...prepared.basis, machine: machineOf(devices) };
  const plan = { ...renamePlan(prepared.plan, session), request, basis };
  await writePlan(directory, plan);
  const { toolVersion, warnings } = plan;
  const common = { directory, plan, toolVersion, settings, experiments, scripts, sources, devices, warnings };
  return executeSession({ ...common, flags: [], retriesFailed: false, takesOver: false }, options);
}
