import { existsSync } from "node:fs";
import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AttemptJson } from "./attempt.ts";
import { RecordsError } from "./errors.ts";
import { hasCode } from "./has-code.ts";
import { readMetrics, withMetrics } from "./metrics-file.ts";
import { readJson } from "./read-json.ts";
import { RecordJson } from "./record.ts";
import { createFile, toJsonText } from "./write-file.ts";

/** Records that are read ahead: a network's file system answers slowly, but many at once. */
const READ_AHEAD = 16;

/** How records are read. */
interface ReadOptions {
  /** Whether they have just been read, so that to check them again would only cost time. @default false */
  readonly isChecked?: boolean | undefined;
}

/** Path of the record of a row. */
export function recordPath(rowDirectory: string): string {
  return join(rowDirectory, "experiment.json");
}

/**
 * Writes a record once.
 *
 * @throws {RecordsError} `EXISTS` when the row has one.
 */
export async function writeRecord(rowDirectory: string, record: RecordJson): Promise<string> {
  const path = recordPath(rowDirectory);
  try {
    await createFile(path, toJsonText(record));
  } catch (cause) {
    if (!hasCode(cause, "EEXIST")) throw cause;
    throw new RecordsError("EXISTS", `${path}: a record is written once, and this one exists`, { cause });
  }
  return path;
}

/** Sets a row's record aside as `experiment.1.json`, `experiment.2.json` …, so that the row may run again. */
export async function retireRecord(rowDirectory: string): Promise<void> {
  const path = recordPath(rowDirectory);
  for (let count = 1; ; count += 1) {
    const aside = join(rowDirectory, `experiment.${count}.json`);
    if (existsSync(aside)) continue;
    await rename(path, aside);
    return;
  }
}

/** The records of a row that were set aside, oldest first. */
export async function retiredRecords(rowDirectory: string): Promise<readonly RecordJson[]> {
  const numbers = (await readdir(rowDirectory)).flatMap((name) => {
    const [, count] = /^experiment\.(\d+)\.json$/.exec(name) ?? [];
    return count === undefined ? [] : [Number(count)];
  });
  const paths = numbers.sort((a, b) => a - b).map((count) => join(rowDirectory, `experiment.${count}.json`));
  return Promise.all(paths.map(readRecord));
}

/**
 * Reads one record.
 *
 * @throws {RecordsError} `BAD_RECORD` when the file is no record, naming the path inside it; `TOO_NEW`.
 */
export async function readRecord(path: string): Promise<RecordJson> {
  return readJson(path, RecordJson, "BAD_RECORD");
}

/** Takes a record for one: of a file that was read and checked a moment ago. */
const CheckedRecord = z.custom<RecordJson>();

/** The record of a row, with metrics that were extracted again in place of its own; `undefined` when it has none. */
export async function findRecord(
  rowDirectory: string,
  { isChecked = false }: ReadOptions = {},
): Promise<RecordJson | undefined> {
  const schema = isChecked ? CheckedRecord : RecordJson;
  const record = await readJson(recordPath(rowDirectory), schema, "BAD_RECORD").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  const metrics = record && (await readMetrics(rowDirectory));
  return metrics ? withMetrics(record, metrics) : record;
}

/** The `attempt.json` in an attempt's directory; `undefined` when there is none. */
export async function readAttempt(attemptDirectory: string): Promise<AttemptJson | undefined> {
  return readJson(join(attemptDirectory, "attempt.json"), AttemptJson, "BAD_RECORD").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
}

/** All records of a session in the order of their rows, a few at a time in memory. */
export async function* eachRecord(directory: string, options: ReadOptions = {}): AsyncGenerator<RecordJson, void> {
  const names = (await readdir(directory, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  for (let start = 0; start < names.length; start += READ_AHEAD) {
    const found = names.slice(start, start + READ_AHEAD).map((name) => findRecord(join(directory, name), options));
    for (const record of await Promise.all(found)) if (record) yield record;
  }
}

/** All records of a session, in the order of their rows. */
export async function readRecords(directory: string): Promise<readonly RecordJson[]> {
  const records: RecordJson[] = [];
  for await (const record of eachRecord(directory)) records.push(record);
  return records.sort((a, b) => a.row - b.row);
}
