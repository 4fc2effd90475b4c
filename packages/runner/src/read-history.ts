import { resolve } from "node:path";
import { type RecordJson, readRecords } from "@ea/records";
import type { Problem } from "./errors.ts";
import { isDirectory } from "./load-config.ts";

/** The records of earlier sessions, and which of their directories have none. */
export async function readHistory(
  directories: readonly string[],
  project: string,
  file: string | undefined,
): Promise<{ readonly records: readonly RecordJson[]; readonly problems: readonly Problem[] }> {
  const records: RecordJson[] = [];
  const problems: Problem[] = [];
  const path = file === undefined ? "--history" : "history";
  for (const directory of directories) {
    const where = resolve(project, directory);
    const found = (await isDirectory(where)) ? await readRecords(where) : [];
    records.push(...found);
    if (found.length === 0)
      problems.push({ file, path, message: `expected a session's directory with records, found "${directory}"` });
  }
  return { records, problems };
}
