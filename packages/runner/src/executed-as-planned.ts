import { existsSync } from "node:fs";
import { claimHolder, type Plan, type PlanRow, rebuildSummary } from "@ea/records";
import { type EndedRow, rowDirectory } from "./ended-rows.ts";
import { RunnerError } from "./errors.ts";

/**
 * Rebuilds the summary, and asserts by what is on disk that executed = planned: each row that has ended has exactly one
 * record, and of a session that has come to its end each row has ended.
 *
 * @returns the path of the summary.
 * @throws {RunnerError} `NOT_AS_PLANNED` naming the rows; {RecordsError} `BAD_RECORD`.
 */
export async function summarizeAsPlanned(
  directory: string,
  { rows }: Pick<Plan, "rows">,
  { ended, isOver }: { readonly ended: ReadonlyMap<number, EndedRow>; readonly isOver: boolean },
): Promise<string> {
  const records = new Map<string, number>();
  const summary = await rebuildSummary(directory, {
    onRecord: ({ experiment_id: id }) => records.set(id, (records.get(id) ?? 0) + 1),
  });
  const wrong: string[] = [];
  for (const row of rows) {
    const count = records.get(row.experimentId) ?? 0;
    const isDue = isOver || ended.has(row.row);
    if (count > 1) wrong.push(`row ${row.row} has ${count}`);
    else if (count === 0 && isDue && !(await isTaken(directory, row))) wrong.push(`row ${row.row} has none`);
  }
  if (wrong.length === 0) return summary;
  const shown = [...wrong.slice(0, 20), ...(wrong.length > 20 ? [`and ${wrong.length - 20} more`] : [])].join(", ");
  const message = `${directory}: expected one record of each of the ${isOver ? rows.length : ended.size} rows that were executed: ${shown}`;
  throw new RunnerError("NOT_AS_PLANNED", message);
}

/** Whether another process has the row, and runs it once more. */
async function isTaken(directory: string, row: PlanRow): Promise<boolean> {
  const own = rowDirectory(directory, row);
  return existsSync(own) && (await claimHolder(own)) !== undefined;
}
