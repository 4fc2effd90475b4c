import { cellReader } from "./cell-reader.ts";
import { findColumns } from "./find-columns.ts";
import { readRows } from "./read-rows.ts";
import type { RowTaker } from "./row-taker.ts";
import type { TelemetrySource } from "./telemetry-source.ts";

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
  /** Milliseconds since 1970 of the earliest and the latest row that has a number; `undefined` without any. */
  readonly span: { readonly startMs: number; readonly endMs: number } | undefined;
}

/**
 * Hands on the rows of a GPU table one by one: `timestamp` in seconds and one column, in ours also `gpu_uuid` and
 * `timestamp_ms`. A last row without its newline is left out.
 *
 * @throws MetricsParserError `MISSING_COLUMN` or `BAD_CSV`
 */
export async function readTable(
  source: TelemetrySource,
  column: string,
  onRow: (row: TableRow) => void,
): Promise<TableCounts> {
  let isMs = false;
  let missing = 0;
  let [startMs, endMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [timeAt, valueAt, deviceAt] = [0, 0, -1];
  const read = cellReader();
  const take = (stamp: string, cell: string, device: string | undefined): string | undefined => {
    if (!/^\d{1,16}$/.test(stamp)) return "no time stamp";
    const number = read(cell);
    const value = typeof number === "number" && number >= 0 ? number : undefined;
    const timeMs = Number(stamp) * (isMs ? 1 : 1000);
    if (value === undefined) missing += 1;
    else [startMs, endMs] = [Math.min(startMs, timeMs), Math.max(endMs, timeMs)];
    onRow({ timeMs, device, value });
    return undefined;
  };
  const taker: RowTaker = {
    header(names) {
      isMs = names.includes("timestamp_ms");
      const [time, value] = findColumns(names, [isMs ? "timestamp_ms" : "timestamp", column]);
      [timeAt, valueAt, deviceAt] = [time?.index ?? 0, value?.index ?? 0, names.indexOf("gpu_uuid")];
    },
    bytes(bytes, ends, row) {
      const cell = (index: number): string => textOf(bytes, (ends[row + index] ?? 0) + 1, ends[row + index + 1] ?? 0);
      return take(cell(timeAt), cell(valueAt), deviceAt < 0 ? undefined : cell(deviceAt));
    },
    text: (cells, isOpen) => (isOpen ? "cut" : take(cells[timeAt] ?? "", cells[valueAt] ?? "", cells[deviceAt])),
  };
  const { rows, badRows } = await readRows(source, taker);
  const span = endMs >= startMs ? { startMs, endMs } : undefined;
  return { rows, missing, badRows, hasWholeSeconds: !isMs, span };
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    .toString()
    .trim();
}
