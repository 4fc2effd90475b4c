import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { ExchangeError } from "../errors.ts";
import { findOriginals, type NotRead, type OriginalFiles, reasonOf } from "./find-originals.ts";
import { type OriginalTable, readOriginalTable } from "./original-table.ts";
import { type ReadRecord, readRecordFile, readRun } from "./read-run.ts";
import { readRunName } from "./run-name.ts";
import { tableIndex } from "./table-index.ts";
import { stampAt, wallClockMs } from "./wall-clock.ts";
import { sessionWriter } from "./write-session.ts";

/** What to import. */
export interface ImportOptions {
  /** Directory of the original's results, or one that has such below it. */
  readonly directory: string;
  /** Where the sessions are written. */
  readonly results: string;
  readonly toolVersion: string;
  /** Tables beside those below the directory. */
  readonly tables?: readonly string[] | undefined;
}

/** What an import has done. */
export interface ImportReport {
  readonly sessions: readonly { readonly session: string; readonly source: string; readonly runs: number }[];
  readonly imported: number;
  readonly notImported: readonly NotRead[];
  readonly notRead: readonly NotRead[];
  readonly tables: readonly {
    readonly file: string;
    readonly rows: number;
    readonly matched: number;
    readonly badRows: number;
  }[];
}

/** Imports results of the original. */
export async function importOriginal(options: ImportOptions): Promise<ImportReport> {
  const { directory: root, results, toolVersion } = options;
  const found = await findOriginals(root);
  const notRead = [...found.notRead];
  const notImported: NotRead[] = [];
  const tables: OriginalTable[] = [];
  for (const file of found.tables) {
    const table = await readOriginalTable(root, file).catch((error: unknown) => {
      notRead.push({ file, reason: reasonOf(error) });
      return "refused" as const;
    });
    if (table === undefined) notRead.push({ file, reason: "no table of the original" });
    else if (table !== "refused") tables.push(table);
  }
  if (found.runs.length === 0 && tables.length === 0) {
    throw new ExchangeError("BAD_REQUEST", `${root}: expected results of the original, found none`);
  }
  const index = tableIndex(tables);
  await mkdir(results, { recursive: true });
  const sessions: { session: string; source: string; runs: number }[] = [];
  for (const [source, runs] of bySession(found.runs)) {
    const read = await Promise.all(runs.map(async (files) => ({ files, read: await readRecordFile(root, files) })));
    const own = read.filter(({ read: each }) => !each.isForeign);
    for (const { read: each } of read) if (each.isForeign) notRead.push(...each.notRead);
    const session = sessionNameOf(source, root, own);
    const temporary = await mkdtemp(join(results, ".import-"));
    const writer = sessionWriter(temporary, { root, source, session, toolVersion });
    let count = 0;
    for (const { files, read: each } of own.sort(inOrder)) {
      const rows = index.take(each.record?.experimentId, each.record?.timestamp);
      const run = await readRun(files, each, { root, rows, usualOffset: undefined });
      if ("reason" in run) {
        notImported.push({ file: files.source, reason: run.reason });
        notRead.push(...each.notRead);
        continue;
      }
      notRead.push(...run.notRead, ...(await writer.add(files, run.facts, digestOf(each))));
      count += 1;
    }
    if (count === 0) {
      await rm(temporary, { recursive: true });
      continue;
    }
    await writer.publish(results);
    sessions.push({ session, source, runs: count });
  }
  const left = new Set(index.left());
  return {
    sessions,
    imported: sessions.reduce((sum, { runs }) => sum + runs, 0),
    notImported,
    notRead,
    tables: tables.map(({ file, rows, badRows }) => {
      return { file, rows: rows.length, matched: rows.filter((row) => !left.has(row)).length, badRows };
    }),
  };
}

function sessionNameOf(source: string, root: string, runs: readonly { readonly read: ReadRecord }[]): string {
  const name = basename(source === "." ? root : source);
  const [, before = "", stamp, after = ""] = /^(.*?)_?(\d{8}_\d{6})_?(.*)$/.exec(name) ?? [];
  if (stamp !== undefined) return `${stamp}_${[before, after].filter(Boolean).join("_") || "imported"}`;
  const first = runs.flatMap(({ read }) => wallClockMs(read.record?.timestamp ?? "") ?? []).sort((a, b) => a - b)[0];
  return `${stampAt(first ?? 0, 0)}_${name}`;
}

function inOrder(a: { readonly files: OriginalFiles }, b: { readonly files: OriginalFiles }): number {
  const number = ({ name }: OriginalFiles): number => readRunName(name)?.number ?? Number.POSITIVE_INFINITY;
  const [first, second] = [number(a.files), number(b.files)];
  return first === second ? (a.files.name < b.files.name ? -1 : 1) : first - second;
}

function digestOf({ text }: ReadRecord): string {
  return createHash("sha256").update(text).digest("hex");
}

function bySession(runs: readonly OriginalFiles[]): ReadonlyMap<string, readonly OriginalFiles[]> {
  const sessions = new Map<string, OriginalFiles[]>();
  for (const run of runs) sessions.set(run.session, [...(sessions.get(run.session) ?? []), run]);
  return sessions;
}
