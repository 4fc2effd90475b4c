import { existsSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { ExchangeError } from "../errors.ts";
import { findOriginals, type OriginalFiles } from "./find-originals.ts";
import { type ImportedSessionReport, type ImportReport, importCounter, tableReport } from "./import-report.ts";
import { type ImportedRuns, importedRuns } from "./imported-runs.ts";
import { type NotRead, reasonOf } from "./not-read.ts";
import { type OriginalTable, readOriginalTable } from "./original-table.ts";
import type { Parameters } from "./parameter-vector.ts";
import { readRun } from "./read-run.ts";
import { readRecordFile } from "./record-file.ts";
import { runDigest } from "./run-digest.ts";
import { readRunName } from "./run-name.ts";
import { importedSessionName } from "./session-name.ts";
import { surveyRuns } from "./survey.ts";
import { tableIndex } from "./table-index.ts";
import { wallClockMs } from "./wall-clock.ts";
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

interface Run {
  readonly files: OriginalFiles;
  readonly digest: string;
}

/**
 * Imports results of the original: each of its sessions becomes one of ours, which appears as a whole. What an earlier
 * import has left is not imported again.
 *
 * @throws {ExchangeError} `BAD_REQUEST` for a directory with nothing of the original.
 */
export async function importOriginal(options: ImportOptions): Promise<ImportReport> {
  const { directory: root, results, workDirectory, toolVersion, defaults = {}, dryRun = false } = options;
  const found = await findOriginals(root);
  const [notRead, notImported]: [NotRead[], NotRead[]] = [[...found.notRead], []];
  const tables = await readTables(root, [...found.tables, ...(options.tables ?? [])], options.tables ?? [], notRead);
  const survey = await surveyRuns(root, found.runs);
  const index = tableIndex(tables);
  const earlier = existsSync(results) ? await importedRuns(results) : undefined;
  const counter = importCounter();
  const sessions: ImportedSessionReport[] = [];
  let [total, alreadyImported] = [0, 0];
  for (const [source, all] of bySession(found.runs)) {
    const session = newSession(root, source, all, earlier);
    total += session.found;
    alreadyImported += session.alreadyImported;
    notRead.push(...session.notRead);
    notImported.push(...session.changed);
    for (const { timestamp, experimentId } of session.known) index.take(experimentId, timestamp);
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
  if (total === 0 && tables.length === 0) throw nothingFound(root);
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
    tables: tables.map((table) => tableReport(table, left)),
    not_read: notRead,
    counts: counter.counts(),
  };
}

function nothingFound(root: string): ExchangeError {
  const message =
    "expected results of Green-deep-learning below it (folders <repository>_<model>_<nnn> with experiment.json or energy/, or <stamp>_<repository>_<model>.json), found none";
  return new ExchangeError("BAD_REQUEST", `${root}: ${message}`);
}

async function readTables(
  root: string,
  files: readonly string[],
  asked: readonly string[],
  notRead: NotRead[],
): Promise<readonly OriginalTable[]> {
  const tables = new Map<string, OriginalTable>();
  for (const file of files) {
    const path = resolve(root, file);
    const shown = isAbsolute(file) && !relative(root, path).startsWith("..") ? relative(root, path) : file;
    if (tables.has(path)) continue;
    try {
      const table = await readOriginalTable(path, shown);
      if (table) tables.set(path, table);
      else if (asked.includes(file)) throw new ExchangeError("BAD_REQUEST", `${file}: ${NO_TABLE}`);
      else notRead.push({ file: shown, reason: "no table of the original" });
    } catch (error) {
      if (asked.includes(file)) {
        throw error instanceof ExchangeError ? error : new ExchangeError("BAD_REQUEST", `${file}: ${reasonOf(error)}`);
      }
      notRead.push({ file: shown, reason: reasonOf(error) });
    }
  }
  return [...tables.values()];
}

const NO_TABLE =
  "expected a table with the columns experiment_id, timestamp and energy_gpu_total_joules, found another";

interface NewSession {
  readonly name: string;
  /** Those that are not there yet, in order. */
  readonly runs: readonly Run[];
  readonly found: number;
  readonly alreadyImported: number;
  readonly notRead: readonly NotRead[];
  readonly changed: readonly NotRead[];
  /** Runs that are there already: rows of tables may mean them. */
  readonly known: readonly { readonly experimentId: string | undefined; readonly timestamp: string | undefined }[];
}

/** What of a session is to be imported; of each record only what tells its place is kept. */
function newSession(
  root: string,
  source: string,
  all: readonly OriginalFiles[],
  earlier: ImportedRuns | undefined,
): NewSession {
  const runs: (Run & { readonly wallMs: number | undefined })[] = [];
  const [notRead, changed]: [NotRead[], NotRead[]] = [[], []];
  const known: { readonly experimentId: string | undefined; readonly timestamp: string | undefined }[] = [];
  let found = 0;
  for (const files of all) {
    const { record, text, isForeign, notRead: reasons } = readRecordFile(root, files.record);
    if (isForeign) {
      notRead.push(...reasons);
      continue;
    }
    found += 1;
    const digest = runDigest(root, files, text);
    const state = earlier?.take(files.source, digest) ?? "new";
    if (state === "same") known.push({ experimentId: record?.experimentId, timestamp: record?.timestamp });
    else if (state === "changed") changed.push({ file: files.source, reason: CHANGED });
    else runs.push({ files, digest, wallMs: wallClockMs(record?.timestamp ?? "") });
  }
  const first = runs.flatMap(({ wallMs }) => wallMs ?? []).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const directory = basename(source === "." ? root : source);
  return {
    name: importedSessionName(directory, Number.isFinite(first) ? first : undefined),
    runs: runs.sort((a, b) => place(a) - place(b) || (a.files.name < b.files.name ? -1 : 1)),
    found,
    alreadyImported: known.length,
    notRead,
    changed,
    known,
  };
}

const CHANGED = "imported before, and its files have changed since: import it into another directory";

/** By its number in the session; at the seed date, which had none, by its end. */
function place({ files, wallMs }: { readonly files: OriginalFiles; readonly wallMs: number | undefined }): number {
  return readRunName(files.name)?.number ?? wallMs ?? Number.POSITIVE_INFINITY;
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
