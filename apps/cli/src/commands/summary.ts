import { eachRecord, readPlan, rebuildSummary } from "@ea/records";
import { EXIT } from "../exit-codes.ts";
import { recordTable } from "../result-table.ts";
import { sessionPath } from "../session-path.ts";
import type { SummaryFlags } from "../table-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea summary`: the records of sessions as a table; rebuilds each `summary.csv`. */
export async function summary(flags: SummaryFlags, terminal: Terminal): Promise<number> {
  const directories = flags.sessions.map((session) => sessionPath(session, flags.results, terminal));
  const documents = [];
  for (const directory of directories) documents.push(await summarize(directory));
  if (flags.json) {
    terminal.out(`${JSON.stringify({ sessions: documents }, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const lines = documents.map(({ session, planned, completed, failed, suspect, missing, summary: path }) => {
    const rest = [failed && `${failed} failed`, suspect && `${suspect} suspect`, missing && `${missing} not finished`];
    return `${[`${session}: ${completed} of ${planned} runs succeeded`, ...rest.filter(Boolean)].join(", ")}\n  ${path}\n`;
  });
  terminal.out(await recordTable(directories, lines.join("")));
  return EXIT.ok;
}

async function summarize(directory: string) {
  const { session, rows } = await readPlan(directory);
  const counts = { success: 0, failed: 0, suspect: 0 };
  for await (const { status } of eachRecord(directory)) counts[status] += 1;
  const { success: completed, failed, suspect } = counts;
  const planned = rows.length;
  const missing = planned - completed - failed - suspect;
  return { session, directory, planned, completed, failed, suspect, missing, summary: await rebuildSummary(directory) };
}
