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
  readonly skipped: readonly SkippedRun[];
}

interface SkippedRun {
  readonly path: string;
  readonly reason: string;
}

/** Runs that are read at once: most of the time goes by waiting for small files. */
const READ_AT_ONCE = 16;

/** Reads the records and the telemetry of sessions, a few runs at a time, and audits them together; `seen` is given each record. */
export async function auditSessions(
  directories: readonly string[],
  changed: Partial<Thresholds> = {},
  seen: (directory: string, record: RecordJson) => void = () => undefined,
): Promise<SessionAudit> {
  const { edgeSeconds } = thresholdsWith(changed);
  const rows = directories.flatMap((directory) =>
    rowDirectories(directory).map((name) => ({ directory, path: join(directory, name) })),
  );
  const runs: AuditRun[] = [];
  const skipped: SkippedRun[] = [];
  for (let start = 0; start < rows.length; start += READ_AT_ONCE) {
    const read = rows
      .slice(start, start + READ_AT_ONCE)
      .map(({ directory, path }) => readRun(directory, path, edgeSeconds, seen));
    for (const { run, skipped: unread } of await Promise.all(read)) {
      if (run) runs.push(run);
      skipped.push(...unread);
    }
  }
  return { runs, findings: auditRuns(runs, changed), skipped };
}

interface ReadRun {
  /** `undefined` where there is no record, or none that can be read. */
  readonly run: AuditRun | undefined;
  readonly skipped: readonly SkippedRun[];
}

async function readRun(
  directory: string,
  path: string,
  edgeSeconds: number,
  seen: (directory: string, record: RecordJson) => void,
): Promise<ReadRun> {
  const skipped: SkippedRun[] = [];
  const attempt = async <Value>(read: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!isOfTheFile(error)) throw error;
      skipped.push({ path, reason: error.message.replace(`${path}/`, "") });
      return undefined;
    }
  };
  const record = await attempt(() => findRecord(path));
  // A run whose telemetry cannot be read still has a record
  const traces = record && ((await attempt(() => readTraces(path, record, edgeSeconds))) ?? []);
  if (record) seen(directory, record);
  return { run: record && traces && auditRun(basename(directory), record, traces), skipped };
}
