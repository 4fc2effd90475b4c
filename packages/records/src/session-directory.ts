import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RecordsError } from "./errors.ts";
import { readMetrics, withMetrics } from "./metrics-file.ts";
import { type Plan, planRowToJson, planToJson } from "./plan.ts";
import { RecordJson } from "./record.ts";
import { summaryCsv } from "./summary.ts";
import { toJsonText, writeFileAtomically } from "./write-file.ts";

/**
 * Makes a new directory for a session below `results`, with `_2`, `_3` … when the name is taken.
 *
 * @throws {RecordsError} `NOT_WRITABLE` when it cannot be made.
 */
export async function createSessionDirectory(
  results: string,
  session: string,
): Promise<{ readonly session: string; readonly directory: string }> {
  try {
    await makeParents(results);
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? session : `${session}_${count}`;
      const directory = join(results, name);
      if (await makeExclusively(directory)) return { session: name, directory };
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RecordsError("NOT_WRITABLE", `Results directory ${results} is not writable: ${why}`, { cause });
  }
}

/** Not node's `recursive`, which never returns where a parent cannot be made at all (as in /proc). */
async function makeParents(path: string): Promise<void> {
  if (await isDirectory(path)) return;
  if (dirname(path) !== path) await makeParents(dirname(path));
  if (!(await makeExclusively(path)) && !(await isDirectory(path))) throw new Error(`${path} is not a directory`);
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function makeExclusively(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Writes `plan.json` and `rows.jsonl`, before anything runs. */
export async function writePlan(directory: string, plan: Plan): Promise<void> {
  const rows = plan.rows.map((row) => `${JSON.stringify(planRowToJson(row))}\n`);
  await writeFileAtomically(join(directory, "rows.jsonl"), rows.join(""));
  await writeFileAtomically(join(directory, "plan.json"), toJsonText(planToJson(plan)));
}

/**
 * Writes a record once.
 *
 * @throws {RecordsError} `EXISTS` when the row has one.
 */
export async function writeRecord(rowDirectory: string, record: RecordJson): Promise<string> {
  const path = join(rowDirectory, "experiment.json");
  if (existsSync(path)) throw new RecordsError("EXISTS", `${path}: a record is written once, and this one exists`);
  await writeFileAtomically(path, toJsonText(record));
  return path;
}

/**
 * Reads one record.
 *
 * @throws {RecordsError} `BAD_RECORD` when the file is no record, naming the path inside it.
 */
export async function readRecord(path: string): Promise<RecordJson> {
  const text = await readFile(path, "utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RecordsError("BAD_RECORD", `${path}: expected JSON: ${why}`, { cause });
  }
  const result = RecordJson.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  throw new RecordsError("BAD_RECORD", `${path}: ${where}${issue?.message ?? "no record"}`, { cause: result.error });
}

/** All records of a session, in the order of their rows, with metrics that were extracted again in place of their own. */
export async function readRecords(directory: string): Promise<readonly RecordJson[]> {
  const names = (await readdir(directory, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const records: RecordJson[] = [];
  for (const name of names) {
    const path = join(directory, name, "experiment.json");
    const record = await readRecord(path).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    });
    if (record === undefined) continue;
    const metrics = await readMetrics(join(directory, name));
    records.push(metrics ? withMetrics(record, metrics) : record);
  }
  return records.sort((a, b) => a.row - b.row);
}

/** Rebuilds `summary.csv` from the records. */
export async function rebuildSummary(directory: string): Promise<string> {
  const path = join(directory, "summary.csv");
  await writeFileAtomically(path, summaryCsv(await readRecords(directory)));
  return path;
}
