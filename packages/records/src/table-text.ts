import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import type { RecordJson } from "./record.ts";
import { eachRecord } from "./record-files.ts";
import { columnCollector, type TableRow, type TableShape, tableRows } from "./table-rows.ts";
import { writeFileAtomically } from "./write-file.ts";

/** How a table is written. */
export type TableFormat = "csv" | "jsonl";

/** How records become a table. */
export interface TableOptions {
  readonly shape: TableShape;
  readonly format: TableFormat;
  /** Told each record when the columns are looked for, before anything is written. */
  readonly onRecord?: ((record: RecordJson) => void) | undefined;
  /** Told each record once more when its rows are written: whoever makes a table of his own need not keep any. */
  readonly onRows?: ((record: RecordJson) => void) | undefined;
  /** Whether the records were written or checked just now, so that to check them again would only cost time. @default false */
  readonly isChecked?: boolean | undefined;
}

/** Who is told the records while a summary is rebuilt. */
export type SummaryReaders = Pick<TableOptions, "onRecord" | "onRows" | "isChecked">;

/** Rows that are written at once. */
const BATCH = 200;

/**
 * The records of sessions as one table, in pieces: an absent value is an empty cell, or `null`, never 0. The records are
 * read twice, because only the last of them may have a metric that gives its column; so that a few are in memory at a time.
 *
 * @throws {RecordsError} `BAD_RECORD` for a damaged record: none is passed over.
 */
export async function* tableText(
  directories: readonly string[],
  { shape, format, onRecord, onRows, isChecked }: TableOptions,
): AsyncGenerator<string, void> {
  const collector = columnCollector(shape);
  for await (const record of recordsOf(directories, { isChecked })) {
    collector.add(record);
    onRecord?.(record);
  }
  const columns = collector.columns();
  const textOf = format === "csv" ? csvRows : jsonRows;
  if (format === "csv") yield csvRows([], columns, true);
  let rows: TableRow[] = [];
  for await (const record of recordsOf(directories, { isChecked: true })) {
    rows.push(...tableRows(record, shape));
    onRows?.(record);
    if (rows.length < BATCH) continue;
    yield textOf(rows, columns);
    rows = [];
  }
  yield textOf(rows, columns);
}

/** Rebuilds `summary.csv`, one row per record, from the records. */
export async function rebuildSummary(directory: string, readers: SummaryReaders = {}): Promise<string> {
  const path = join(directory, "summary.csv");
  await writeFileAtomically(path, tableText([directory], { shape: "wide", format: "csv", ...readers }));
  return path;
}

/** Rows as CSV. */
export function csvRows(rows: readonly TableRow[], columns: readonly string[], header = false): string {
  // A lone carriage return ends a row for many readers, but is not quoted by itself
  return stringify([...rows], { header, columns: [...columns], cast: { boolean: String }, quoted_match: /\r/ });
}

function jsonRows(rows: readonly TableRow[], columns: readonly string[]): string {
  const line = (row: TableRow): string =>
    JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column] ?? null])));
  return rows.map((row) => `${line(row)}\n`).join("");
}

/** The records of several sessions, one session after the other, a few records at a time in memory. */
export async function* recordsOf(
  directories: readonly string[],
  options: Parameters<typeof eachRecord>[1] = {},
): AsyncGenerator<RecordJson, void> {
  for (const directory of directories) yield* eachRecord(directory, options);
}
