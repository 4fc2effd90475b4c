import { basename, join } from "node:path";
import { type AuditRun, auditRun, auditRuns, type Finding, type Thresholds, thresholdsWith } from "@ea/analysis";
import { findRecord, type RecordJson } from "@ea/records";
import { rowDirectories } from "../report/find-sessions.ts";
import { isOfTheFile } from "../report/read-session.ts";
import { readTraces } from "./read-traces.ts";

/** What the audit of sessions has found. */
export interface SessionAudit {
  readonly runs: readonly AuditRun[];
  readonly findings: readonly Finding[];
  /** What could not be read, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** Reads the records and the telemetry of sessions, one run at a time, and audits them together; `seen` is given each record. */
export async function auditSessions(
  directories: readonly string[],
  changed: Partial<Thresholds> = {},
  seen: (directory: string, record: RecordJson) => void = () => undefined,
): Promise<SessionAudit> {
  const { edgeSeconds } = thresholdsWith(changed);
  const runs: AuditRun[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const attempt = async <Value>(path: string, read: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!isOfTheFile(error)) throw error;
      skipped.push({ path, reason: error.message.replace(`${path}/`, "") });
      return undefined;
    }
  };
  for (const directory of directories) {
    for (const name of rowDirectories(directory)) {
      const row = join(directory, name);
      const record = await attempt(row, () => findRecord(row));
      // A run whose telemetry cannot be read still has a record
      const traces = record && ((await attempt(row, () => readTraces(row, record, edgeSeconds))) ?? []);
      if (!record || !traces) continue;
      runs.push(auditRun(basename(directory), record, traces));
      seen(directory, record);
    }
  }
  return { runs, findings: auditRuns(runs, changed), skipped };
}
