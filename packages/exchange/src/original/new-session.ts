import { basename } from "node:path";
import type { OriginalFiles } from "./find-originals.ts";
import type { ImportedRuns } from "./imported-runs.ts";
import type { NotRead } from "./not-read.ts";
import { readRecordFile } from "./record-file.ts";
import { runDigest } from "./run-digest.ts";
import { readRunName } from "./run-name.ts";
import { importedSessionName } from "./session-name.ts";
import { wallClockMs } from "./wall-clock.ts";

/** A run that is not there yet. */
interface NewRun {
  readonly files: OriginalFiles;
  readonly digest: string;
}

/** What of one of the original's sessions is to be imported. */
export interface NewSession {
  readonly name: string;
  /** Those that are not there yet, in order. */
  readonly runs: readonly NewRun[];
  readonly found: number;
  readonly alreadyImported: number;
  readonly notRead: readonly NotRead[];
  readonly changed: readonly NotRead[];
  /** Runs that are there already: rows of tables may mean them. */
  readonly known: readonly { readonly experimentId: string | undefined; readonly timestamp: string | undefined }[];
}

/** What of a session is to be imported; of each record only what tells its place is kept. */
export function newSession(
  root: string,
  source: string,
  all: readonly OriginalFiles[],
  earlier: ImportedRuns | undefined,
): NewSession {
  const runs: (NewRun & { readonly wallMs: number | undefined })[] = [];
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
