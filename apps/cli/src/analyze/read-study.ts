import { basename } from "node:path";
import { type Finding, keyedRuns, type StudyRun } from "@ea/analysis";
import { type PlanRow, type RecordJson, readPlan } from "@ea/records";
import { auditSessions, type SessionAudit } from "../audit/audit-sessions.ts";
import { isOfTheFile } from "../report/read-session.ts";

/** Runs, what an audit has found about them, and what could not be read. */
export interface ReadStudy {
  readonly runs: readonly StudyRun[];
  readonly findings: readonly Finding[];
  readonly skipped: SessionAudit["skipped"];
}

/** Reads sessions and audits their runs. */
export async function readStudy(directories: readonly string[]): Promise<ReadStudy> {
  const records = new Map<string, RecordJson[]>(directories.map((directory) => [directory, []]));
  const audit = await auditSessions(directories, {}, (directory, record) => records.get(directory)?.push(record));
  const skipped = [...audit.skipped];
  const runs: StudyRun[] = [];
  for (const [directory, own] of records) {
    let rows: readonly PlanRow[] = [];
    try {
      rows = (await readPlan(directory)).rows;
    } catch (error) {
      if (!isOfTheFile(error)) throw error;
      skipped.push({ path: directory, reason: `${error.message}; its configurations are told by their parameters` });
    }
    // Several are read at once, in whatever order they come
    const ordered = own.toSorted((a, b) => a.row - b.row);
    runs.push(...keyedRuns(basename(directory), ordered, rows));
  }
  return { runs, findings: audit.findings, skipped };
}
