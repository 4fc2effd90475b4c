import { existsSync } from "node:fs";
import { join } from "node:path";
import { ExchangeError } from "../errors.ts";
import { findOriginals, type OriginalFiles } from "./find-originals.ts";
import { type ImportedSessionReport, type ImportReport, importCounter, tableReport } from "./import-report.ts";
import { importedRuns } from "./imported-runs.ts";
import { newSession } from "./new-session.ts";
import type { NotRead } from "./not-read.ts";
import type { Parameters } from "./parameter-vector.ts";
import { readRun } from "./read-run.ts";
import { readTables } from "./read-tables.ts";
import { readRecordFile } from "./record-file.ts";
import { surveyRuns } from "./survey.ts";
import { tableIndex } from "./table-index.ts";
import { sessionWriter } from "./write-session.ts";

/** What to import, and where to. */
export interface ImportOptions {
  /** Directory of the original's results, or one that has such anywhere below it. */
  readonly directory: string;
  /** Directory of all sessions; it has to be there unless nothing is to be written. */
  readonly results: string;
  /** A directory in which sessions are written before they appear, on the same file system; nobody else may use it. */
  readonly workDirectory: string;
  readonly toolVersion: string;
  /** Tables beside those below the directory. */
  readonly tables?: readonly string[] | undefined;
  /** Defaults of hyperparameters by repository, as a configuration has them. */
  readonly defaults?: Readonly<Record<string, Parameters>> | undefined;
  /** Reads everything and writes nothing. @default false */
  readonly dryRun?: boolean | undefined;
  /** Called after each session. */
  readonly onSession?: ((session: ImportedSessionReport) => void) | undefined;
}

/**
 * Imports results of the original: each of its sessions becomes one of ours, which appears as a whole. What an earlier
 * import has left is not imported again.
 *
 * @throws {ExchangeError} `BAD_REQUEST` for a directory with nothing of the original.
 */
export async function importOriginal(options: ImportOptions): Promise<ImportReport> {
  const { directory: root, results, workDirectory, toolVersion, defaults = {}, dryRun = false } = options;
  const found = await findOriginals(root, results);
  const { tables, notRead: otherTables } = await readTables(root, found.tables, options.tables ?? []);
  const [notRead, notImported]: [NotRead[], NotRead[]] = [[...found.notRead, ...otherTables], []];
  const survey = await surveyRuns(root, found.runs);
  const index = tableIndex(tables);
  const earlier = existsSync(results) ? await importedRuns(results) : undefined;
  const earlierRows = new Set<object>();
  const counter = importCounter();
  const sessions: ImportedSessionReport[] = [];
  let [total, alreadyImported] = [0, 0];
  for (const [source, all] of bySession(found.runs)) {
    const session = newSession(root, source, all, earlier);
    total += session.found;
    alreadyImported += session.alreadyImported;
    notRead.push(...session.notRead);
    notImported.push(...session.changed);
    for (const { timestamp, experimentId } of session.known) {
      for (const row of index.take(experimentId, timestamp)) earlierRows.add(row);
    }
    if (session.runs.length === 0) continue;
    const name = freeName(results, session.name, sessions);
    const writer = sessionWriter({
      root,
      source,
      session: name,
      results,
      directory: join(workDirectory, name),
      toolVersion,
    });
    let count = 0;
    for (const { files, digest } of session.runs) {
      const record = readRecordFile(root, files.record);
      const rows = index.take(record.record?.experimentId, record.record?.timestamp);
      const run = await readRun(files, record, { root, survey, rows, configured: defaults });
      notRead.push(...run.notRead);
      if ("reason" in run) {
        notImported.push({ file: files.source, reason: run.reason });
        continue;
      }
      if (!dryRun) notRead.push(...writer.add(files, run.facts, digest));
      counter.add(run.facts);
      count += 1;
    }
    if (count === 0) continue;
    if (!dryRun) await writer.publish();
    const report = { session: name, source, runs: count };
    sessions.push(report);
    options.onSession?.(report);
  }
  if (total === 0 && tables.length === 0) throw nothingFound(root, notRead);
  const left = new Set(index.left());
  return {
    schema_version: 1,
    tool_version: toolVersion,
    directory: root,
    dry_run: dryRun,
    found: total,
    imported: sessions.reduce((sum, { runs }) => sum + runs, 0),
    already_imported: alreadyImported,
    not_imported: notImported,
    sessions,
    tables: tables.map((table) => tableReport(table, left, earlierRows)),
    not_read: notRead,
    counts: counter.counts(),
  };
}

function nothingFound(root: string, [first, ...more]: readonly NotRead[]): ExchangeError {
  const message =
    "expected results of Green-deep-learning below it (folders <repository>_<model>_<nnn> with experiment.json or energy/, or <stamp>_<repository>_<model>.json), found none";
  const others = more.length > 0 ? ` and ${more.length} more` : "";
  const notRead = first ? `; not read: ${first.file}: ${first.reason}${others}` : "";
  return new ExchangeError("BAD_REQUEST", `${root}: ${message}${notRead}`);
}

function freeName(results: string, name: string, taken: readonly ImportedSessionReport[]): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}_${count}`;
    const isTaken = existsSync(join(results, candidate)) || taken.some(({ session }) => session === candidate);
    if (!isTaken) return candidate;
  }
}

function bySession(runs: readonly OriginalFiles[]): ReadonlyMap<string, readonly OriginalFiles[]> {
  const sessions = new Map<string, OriginalFiles[]>();
  for (const run of runs) {
    const known = sessions.get(run.session);
    if (known) known.push(run);
    else sessions.set(run.session, [run]);
  }
  return sessions;
}
