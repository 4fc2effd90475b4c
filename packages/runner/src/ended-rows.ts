import { join } from "node:path";
import { eachRecord, findRecord, type PlanRow, type RecordJson, RecordsError, recordPath } from "@ea/records";
import { rowDirectoryName } from "./make-plan.ts";
import type { Work } from "./plausibility.ts";
import { joulesOf } from "./session-guard.ts";
import type { OpenSession } from "./session-options.ts";

/** What is kept in memory of a row that has ended. */
export interface EndedRow {
  readonly row: PlanRow;
  readonly status: RecordJson["status"];
  readonly directory: string;
  readonly path: string;
  /** How many attempts its record has: one that replaces it has more. */
  readonly attempts: number;
  readonly work: Work;
  /** Of all its attempts, as far as they were measured. */
  readonly joules: number;
}

/** Where a row of a session is. */
export function rowDirectory(directory: string, row: PlanRow): string {
  return join(directory, rowDirectoryName(row));
}

/** A row that has ended, by its record. */
export function endedRow(directory: string, row: PlanRow, record: RecordJson): EndedRow {
  const { status, duration_seconds: durationSeconds, hyperparameters, attempts } = record;
  const cpuSeconds = attempts.at(-1)?.training_cpu_seconds ?? undefined;
  const own = rowDirectory(directory, row);
  return {
    row,
    status,
    directory: own,
    path: recordPath(own),
    attempts: attempts.length,
    work: { durationSeconds, cpuSeconds, hyperparameters },
    joules: joulesOf(record),
  };
}

/**
 * The rows of a plan that have a record, by their number.
 *
 * @throws {RecordsError} `BAD_RECORD` for a record that is damaged, or of something else than its row.
 */
export async function endedRows(directory: string, rows: readonly PlanRow[]): Promise<Map<number, EndedRow>> {
  const ended = new Map<number, EndedRow>();
  for await (const record of eachRecord(directory)) {
    const row = rows[record.row];
    if (row?.experimentId !== record.experiment_id) {
      const expected = row ? row.experimentId : `one of ${rows.length} planned rows`;
      throw new RecordsError(
        "BAD_RECORD",
        `${directory}: expected a record of ${expected}, found ${record.experiment_id}`,
      );
    }
    ended.set(record.row, endedRow(directory, row, record));
  }
  return ended;
}

/** The same, of some rows: their records alone are looked for. */
export async function endedAmong(directory: string, rows: readonly PlanRow[]): Promise<Map<number, EndedRow>> {
  const records = await Promise.all(rows.map((row) => findRecord(rowDirectory(directory, row))));
  return new Map(
    rows.flatMap((row, index) => {
      const record = records[index];
      return record ? [[row.row, endedRow(directory, row, record)]] : [];
    }),
  );
}

/** The rows that a session has still to run: those that have not ended, and failed ones that are to run once more. */
export async function rowsLeft({ directory, plan, retriesFailed }: OpenSession): Promise<readonly PlanRow[]> {
  return leftOf(plan.rows, await endedRows(directory, plan.rows), retriesFailed);
}

/** The same, of what is known. */
export function leftOf(
  rows: readonly PlanRow[],
  ended: ReadonlyMap<number, EndedRow>,
  retriesFailed: boolean,
): readonly PlanRow[] {
  return rows.filter(({ row }) => {
    const before = ended.get(row);
    return !before || (retriesFailed && before.status === "failed");
  });
}
