import { cellReader } from "./cell-reader.ts";
import { csvRecords } from "./csv-records.ts";
import { findColumns } from "./find-columns.ts";
import type { TextSource } from "./text-source.ts";

/** One row of a GPU table. */
export interface TableRow {
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  /** GPU UUID; `undefined` in the original's tables, which do not tell. */
  readonly device: string | undefined;
  /** `undefined` for `N/A` and what is no number of at least 0. */
  readonly value: number | undefined;
}

/** What was taken from one table and what was left out. */
export interface TableCounts {
  readonly rows: number;
  /** Rows whose value is no number. */
  readonly missing: number;
  /** Rows without a time, of another width, or cut at the end of the file. */
  readonly badRows: number;
  /** Whether the time stamps are whole seconds. */
  readonly hasWholeSeconds: boolean;
}

/**
 * Hands on the rows of a GPU table one by one: `timestamp` in seconds and one column, in ours also `gpu_uuid` and
 * `timestamp_ms`. A last row without its newline is left out.
 *
 * @throws MetricsParserError `MISSING_COLUMN` or `BAD_CSV`
 */
export async function readTable(
  source: TextSource,
  column: string,
  onRow: (row: TableRow) => void,
): Promise<TableCounts> {
  let header: readonly string[] | undefined;
  let [rows, missing, badRows] = [0, 0, 0];
  let isCut = false;
  let [timeAt, valueAt, deviceAt] = [0, 0, -1];
  const options = {
    onBadRecord: () => {
      badRows += 1;
    },
    onUnterminated: () => {
      isCut = true;
    },
  };
  const read = cellReader();
  const isMs = (): boolean => header?.includes("timestamp_ms") === true;
  for await (const record of csvRecords(source, options)) {
    if (!header) {
      header = record;
      const [time, value] = findColumns(header, [isMs() ? "timestamp_ms" : "timestamp", column]);
      [timeAt, valueAt, deviceAt] = [time?.index ?? 0, value?.index ?? 0, header.indexOf("gpu_uuid")];
      continue;
    }
    const stamp = record[timeAt] ?? "";
    if (isCut || record.length !== header.length || !/^\d{1,16}$/.test(stamp)) {
      badRows += 1;
      continue;
    }
    const number = read(record[valueAt] ?? "");
    const value = number !== undefined && number >= 0 ? number : undefined;
    rows += 1;
    if (value === undefined) missing += 1;
    onRow({ timeMs: Number(stamp) * (isMs() ? 1 : 1000), device: record[deviceAt], value });
  }
  if (!header) findColumns([], [column]);
  return { rows, missing, badRows, hasWholeSeconds: !isMs() };
}
