import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { findRecord, type Plan, type RecordJson, RecordsError, readPlan } from "@ea/records";
import type { RunTrace, SessionInput, SkippedFile } from "@ea/report";
import { rowDirectories } from "./find-sessions.ts";
import { readTrace } from "./read-trace.ts";

/** A session as a report needs it; what could not be read is named and left out. */
export interface ReadSession {
  readonly input: SessionInput;
  readonly skipped: readonly SkippedFile[];
  readonly traces: ReadonlyMap<string, RunTrace>;
}

/** Reads the plan, the records and the telemetry of a session. */
export async function readSession(directory: string): Promise<ReadSession> {
  const skipped: SkippedFile[] = [];
  const attempt = async <Value>(path: string, read: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!isOfTheFile(error)) throw error;
      skipped.push({ path, reason: error.message.replace(`${path}: `, "") });
      return undefined;
    }
  };
  const planPath = join(directory, "plan.json");
  const plan: Plan | undefined = existsSync(planPath) ? await attempt(planPath, () => readPlan(directory)) : undefined;
  const records: RecordJson[] = [];
  const traces = new Map<string, RunTrace>();
  for (const name of rowDirectories(directory)) {
    const row = join(directory, name);
    const record = await attempt(join(row, "experiment.json"), () => findRecord(row));
    if (!record) continue;
    records.push(record);
    const trace = await attempt(row, () => readTrace(row, record));
    if (trace) traces.set(record.experiment_id, trace);
  }
  records.sort((a, b) => a.row - b.row);
  return { input: { name: plan?.session ?? basename(directory), plan, records }, skipped, traces };
}

/** Whether the fault lies in the file, or in what the system says about it, and not in us. */
export function isOfTheFile(error: unknown): error is Error {
  return error instanceof RecordsError || (error instanceof Error && "code" in error);
}
