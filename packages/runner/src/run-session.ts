import { resolve } from "node:path";
import { createSessionDirectory, type Plan, writePlan } from "@ea/records";
import { machineOf } from "./basis.ts";
import type { SessionResult } from "./events.ts";
import { executeSession } from "./execute-session.ts";
import { findMeters } from "./find-meters.ts";
import { renamePlan } from "./make-plan.ts";
import type { PreparedSession } from "./prepare-session.ts";
import type { SessionOptions } from "./session-options.ts";

/** A plan on disk. */
export interface PlannedSession {
  readonly directory: string;
  readonly plan: Plan;
}

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
  const { settings, experiments, scripts } = prepared;
  const { sources, devices } = await findMeters(options.meters, settings);
  const { directory, plan } = await writeSession(prepared, options.results, { machine: machineOf(devices) });
  const { toolVersion, warnings } = plan;
  const common = { directory, plan, toolVersion, settings, experiments, scripts, sources, devices, warnings };
  return executeSession({ ...common, flags: [], retriesFailed: false, takesOver: false }, options);
}

/**
 * Writes the plan of a prepared session, and runs nothing: `runPlan` executes it, here or on other machines.
 *
 * @throws {RecordsError} `NOT_WRITABLE` when the results directory cannot be made.
 */
export function planSession(prepared: PreparedSession, results: string): Promise<PlannedSession> {
  return writeSession(prepared, results);
}

async function writeSession(
  { plan: prepared, request, basis }: PreparedSession,
  results: string,
  machine: { readonly machine?: Readonly<Record<string, unknown>> } = {},
): Promise<PlannedSession> {
  const { session, directory } = await createSessionDirectory(resolve(results), prepared.session);
  const plan = { ...renamePlan(prepared, session), request, basis: { ...basis, ...machine } };
  await writePlan(directory, plan);
  return { directory, plan };
}
