import { relative } from "node:path";
import { type RecordJson, readPlan, rebuildSummary } from "@ea/records";
import { EXIT } from "../exit-codes.ts";
import { recordTable } from "../result-table.ts";
import { sessionPath } from "../session/session-path.ts";
import type { SummaryFlags } from "../table-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea summary`: the records of sessions as a table; rebuilds each `summary.csv`. */
export async function summary(flags: SummaryFlags, terminal: Terminal): Promise<number> {
  const records = recordTable();
  const sessions: Summary[] = [];
  for (const given of flags.sessions) {
    sessions.push(await summarize(sessionPath(given, flags.results, terminal), records.add));
  }
  if (flags.json) terminal.out(`${JSON.stringify({ sessions }, undefined, 2)}\n`);
  else {
    terminal.out(records.text(sessions.map(textOf).join("")));
    terminal.err(`Next: ${nextCommand(sessions, terminal)}\n`);
  }
  return EXIT.ok;
}

function nextCommand(sessions: readonly Summary[], { workingDirectory }: Terminal): string {
  const path = ({ directory }: Summary): string => relative(workingDirectory, directory) || ".";
  const unfinished = sessions.find(({ missing }) => missing > 0);
  return unfinished ? `ea resume ${path(unfinished)}` : `ea best ${sessions.map(path).join(" ")}`;
}

/** How a session stands, by its records. */
interface Summary {
  readonly session: string;
  readonly directory: string;
  readonly planned: number;
  readonly completed: number;
  readonly failed: number;
  readonly suspect: number;
  readonly missing: number;
  /** Path of `summary.csv`. */
  readonly summary: string;
}

async function summarize(directory: string, onRecord: (record: RecordJson) => void): Promise<Summary> {
  const { session, rows } = await readPlan(directory);
  const counts = { success: 0, failed: 0, suspect: 0 };
  const path = await rebuildSummary(directory, (record) => {
    counts[record.status] += 1;
    onRecord(record);
  });
  const { success: completed, failed, suspect } = counts;
  const planned = rows.length;
  const missing = planned - completed - failed - suspect;
  return { session, directory, planned, completed, failed, suspect, missing, summary: path };
}

function textOf({ session, planned, completed, failed, suspect, missing, summary: path }: Summary): string {
  const rest = [failed && `${failed} failed`, suspect && `${suspect} suspect`, missing && `${missing} not finished`];
  return `${[`${session}: ${completed} of ${planned} runs succeeded`, ...rest.filter(Boolean)].join(", ")}\n  ${path}\n`;
}
