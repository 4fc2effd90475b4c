import { relative } from "node:path";
import { type RecordJson, readPlanJson, rebuildSummary, type SummaryReaders } from "@ea/records";
import { EXIT } from "../exit-codes.ts";
import { missingEnergies } from "../missing-energies.ts";
import { recordTable } from "../record-table.ts";
import { sessionPath } from "../session/session-path.ts";
import type { SummaryFlags } from "../table-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea summary`: the records of each session as a table; rebuilds each `summary.csv`. */
export async function summary(flags: SummaryFlags, terminal: Terminal): Promise<number> {
  const energies = missingEnergies();
  const sessions: Summary[] = [];
  const directories = flags.sessions.map((given) => sessionPath(given, flags.results, terminal));
  for (const directory of directories) {
    const records = recordTable();
    let isBegun = false;
    const onRecord = (record: RecordJson): void => {
      records.add(record);
      energies.add(record);
    };
    const onRows = (record: RecordJson): void => {
      if (!isBegun) terminal.out(records.header());
      isBegun = true;
      terminal.out(records.line(record));
    };
    const session = await summarize(directory, flags.json ? {} : { onRecord, onRows });
    sessions.push(session);
    if (!flags.json) terminal.out(`${isBegun ? "\n" : ""}${textOf(session)}\n`);
  }
  if (flags.json) terminal.out(`${JSON.stringify({ sessions }, undefined, 2)}\n`);
  else {
    terminal.out(energies.text());
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

async function summarize(directory: string, readers: SummaryReaders): Promise<Summary> {
  const { session, planned } = await readPlanJson(directory);
  const counts = { success: 0, failed: 0, suspect: 0 };
  const path = await rebuildSummary(directory, {
    onRecord: (record) => {
      counts[record.status] += 1;
      readers.onRecord?.(record);
    },
    onRows: readers.onRows,
  });
  const { success: completed, failed, suspect } = counts;
  const missing = planned - completed - failed - suspect;
  return { session, directory, planned, completed, failed, suspect, missing, summary: path };
}

function textOf({ session, planned, completed, failed, suspect, missing, summary: path }: Summary): string {
  const rest = [failed && `${failed} failed`, suspect && `${suspect} suspect`, missing && `${missing} not finished`];
  return `${[`${session}: ${completed} of ${planned} runs succeeded`, ...rest.filter(Boolean)].join(", ")}\n  ${path}\n`;
}
