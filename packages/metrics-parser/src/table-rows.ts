import { ByteCellReader, type CellTaker } from "./byte-cell-reader.ts";
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
  let value: number | undefined;
  const taker: CellTaker = {
    add: (number) => {
      value = number >= 0 ? number : undefined;
    },
    miss: () => {
      value = undefined;
    },
  };
  const read = cellReader();
  const readBytes = new ByteCellReader(read);
  const take = (stamp: number, device: string | undefined): string | undefined => {
    const timeMs = stamp * (isMs ? 1 : 1000);
    if (value === undefined) missing += 1;
    else {
      startMs = Math.min(startMs, timeMs);
      endMs = Math.max(endMs, timeMs);
    }
    onRow({ timeMs, device, value });
    return undefined;
  };
  const rowTaker: RowTaker = {
    header(names) {
      isMs = names.includes("timestamp_ms");
      const [time, wanted] = findColumns(names, [isMs ? "timestamp_ms" : "timestamp", column]);
      [timeAt, valueAt, deviceAt] = [time?.index ?? 0, wanted?.index ?? 0, names.indexOf("gpu_uuid")];
    },
    bytes(bytes, ends, row) {
      const start = (index: number): number => (ends[row + index] ?? 0) + 1;
      const end = (index: number): number => ends[row + index + 1] ?? 0;
      const stamp = stampIn(bytes, start(timeAt), end(timeAt));
      if (stamp === undefined) return NO_STAMP;
      readBytes.take(bytes, start(valueAt), end(valueAt), taker);
      return take(stamp, deviceAt < 0 ? undefined : textOf(bytes, start(deviceAt), end(deviceAt)));
    },
    text(cells, isOpen) {
      if (isOpen) return "cut";
      const stamp = cells[timeAt] ?? "";
      if (!STAMP.test(stamp)) return NO_STAMP;
      const number = read(cells[valueAt] ?? "");
      if (typeof number === "number") taker.add(number);
      else taker.miss(number);
      return take(Number(stamp), cells[deviceAt]);
    },
  };
  const { rows, badRows } = await readRows(source, rowTaker);
  const span = endMs >= startMs ? { startMs, endMs } : undefined;
  return { rows, missing, badRows, hasWholeSeconds: !isMs, span };
}

const NO_STAMP = "no time stamp";
const STAMP = /^\d{1,16}$/;
const MAX_DIGITS = 15;

/** Whole seconds or milliseconds; mostly there are nothing but digits, and no string has to be made. */
function stampIn(bytes: Uint8Array, start: number, end: number): number | undefined {
  let stamp = 0;
  let at = start;
  for (; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    stamp = stamp * 10 + digit;
  }
  if (at === end && at > start && at - start <= MAX_DIGITS) return stamp;
  const text = textOf(bytes, start, end);
  return STAMP.test(text) ? Number(text) : undefined;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    .toString()
    .trim();
}
