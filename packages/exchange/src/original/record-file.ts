import { readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { NotRead } from "./not-read.ts";
import { isOriginalRecord, type OriginalRecord, readOriginalRecord } from "./original-record.ts";

/** A record larger than this is none of the original's. */
const MAX_BYTES = 4 * 2 ** 20;

/** The record of a run as its file has it. */
export interface RecordFile {
  /** Empty where there is none that can be read. */
  readonly text: string;
  /** `undefined` where there is none that can be read. */
  readonly record: OriginalRecord | undefined;
  readonly notRead: readonly NotRead[];
  /** Whether the file is something else: then this is no run of the original. */
  readonly isForeign: boolean;
}

/** Reads the record of a run; `undefined` is a run that has none. */
export function readRecordFile(root: string, file: string | undefined): RecordFile {
  if (file === undefined) return { text: "", record: undefined, notRead: [], isForeign: false };
  const refused = (reason: string, text: string, isForeign = false): RecordFile => {
    return { text, record: undefined, notRead: [{ file, reason }], isForeign };
  };
  let text = "";
  try {
    text = readSmallFile(join(root, file));
    const json: unknown = JSON.parse(text);
    if (!isOriginalRecord(json)) return refused("no record of the original", text, true);
    const record = readOriginalRecord(json);
    const notRead = record.problems.map((problem) => ({ file, reason: `${problem}: left out` }));
    return { text, record, notRead, isForeign: false };
  } catch (error) {
    if (error instanceof SyntaxError) return refused(`expected JSON: ${error.message}`, text);
    if (error instanceof Error) return refused(error.message, text);
    throw error;
  }
}

/** Without a promise: for thousands of small files these cost more than the files. */
function readSmallFile(path: string): string {
  const { size } = regularFile(path);
  if (size > MAX_BYTES) throw new RangeError(`expected at most ${MAX_BYTES} bytes, found ${size}`);
  return readFileSync(path, "utf8");
}

/** To read a pipe would wait for ever. */
function regularFile(path: string): Stats {
  const stats = statSync(path);
  if (!stats.isFile()) throw new TypeError("expected a file");
  return stats;
}
