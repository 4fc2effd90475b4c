import { resolve } from "node:path";
import { readRecords } from "@ea/records";
import type { Problem } from "./errors.ts";
import { readHistoricalTable } from "./historical-table.ts";
import type { EarlierTraining } from "./history.ts";
import { isDirectory } from "./load-config.ts";
import type { Settings } from "./settings.ts";

/** The trainings of earlier sessions and of the original's tables, and which of them have none. */
export async function readHistory(
  { history, historicalTables }: Pick<Settings, "history" | "historicalTables">,
  project: string,
  file: string | undefined,
): Promise<{ readonly runs: readonly EarlierTraining[]; readonly problems: readonly Problem[] }> {
  const runs: EarlierTraining[] = [];
  const problems: Problem[] = [];
  const path = file === undefined ? "--history" : "history";
  for (const directory of history) {
    const where = resolve(project, directory);
    const found = (await isDirectory(where)) ? await readRecords(where) : [];
    runs.push(...found);
    if (found.length === 0)
      problems.push({ file, path, message: `expected a session's directory with records, found "${directory}"` });
  }
  for (const table of historicalTables) {
    const found = await readHistoricalTable(table, project, file);
    runs.push(...found.runs);
    problems.push(...found.problems);
  }
  return { runs, problems };
}
