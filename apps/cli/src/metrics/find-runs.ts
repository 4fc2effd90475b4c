import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type RecordJson, readRecord } from "@ea/records";
import { inputError } from "../parse/input-error.ts";

/** A finished run: its record, and the directory of its row. */
export interface FinishedRun {
  readonly directory: string;
  readonly record: RecordJson;
}

/** A session and its finished runs, in the order of their rows. */
export interface FoundSession {
  readonly directory: string;
  readonly runs: readonly FinishedRun[];
}

/**
 * The finished runs in the directory of a session, or of several sessions.
 *
 * @throws {RunnerError} `CONFIG` for what is no directory.
 */
export async function findRuns(path: string): Promise<readonly FoundSession[]> {
  const own = await sessionAt(path);
  if (own.runs.length > 0) return [own];
  const sessions: FoundSession[] = [];
  for (const name of await directoriesIn(path)) sessions.push(await sessionAt(join(path, name)));
  return sessions.filter(({ runs }) => runs.length > 0);
}

async function sessionAt(directory: string): Promise<FoundSession> {
  const runs: FinishedRun[] = [];
  for (const name of await directoriesIn(directory)) {
    const row = join(directory, name);
    const path = join(row, "experiment.json");
    if (existsSync(path)) runs.push({ directory: row, record: await readRecord(path) });
  }
  return { directory, runs: runs.toSorted((a, b) => a.record.row - b.record.row) };
}

async function directoriesIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw inputError(path, `expected a directory: ${error instanceof Error ? error.message : String(error)}`);
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
