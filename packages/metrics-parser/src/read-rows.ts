import { type BadRow, BadRows } from "./bad-rows.ts";
import { csvRecords } from "./csv-records.ts";
import { breakFinder } from "./find-breaks.ts";
import { type Header, readHeader } from "./read-header.ts";
import { RowScanner } from "./row-scanner.ts";
import { type RowTaker, wrongWidth } from "./row-taker.ts";
import { type BlockOptions, type TelemetrySource, telemetryBlocks } from "./telemetry-source.ts";

const PIECE_BYTES = 65_536;

/** How to read the rows. */
export interface ReadRowsOptions extends BlockOptions {
  /** Detected from the header when not given. */
  readonly delimiter?: string | undefined;
  /** Whether to scan bytes as far as that goes; otherwise csv-parse reads everything, to the same outcome. */
  readonly isScanned?: boolean | undefined;
}

/** How many rows there were. */
export interface RowCounts {
  /** How many were taken. */
  readonly rows: number;
  /** How many were left out. */
  readonly badRows: number;
  /** The first 20 of those. */
  readonly firstBadRows: readonly BadRow[];
}

/**
 * Hands the header and the rows of a CSV text to `taker`, in constant memory: as bytes while it is plain, and as strings
 * from the first row on that has a quote or is otherwise out of the ordinary.
 *
 * @throws MetricsParserError `BAD_CSV`, `BAD_GZIP`, `BAD_FILE` or `FILE_CHANGED`
 */
export async function readRows(
  source: TelemetrySource,
  taker: RowTaker,
  { delimiter, isScanned = true, signal, onBytes }: ReadRowsOptions = {},
): Promise<RowCounts> {
  signal?.throwIfAborted();
  // Also aborted at the end: a source that is stuck must not keep an error waiting
  const reading = new AbortController();
  const abort = (): void => reading.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  const blocks = telemetryBlocks(source, { signal: reading.signal, onBytes });
  const badRows = new BadRows();
  let rows = 0;
  let isRead = false;
  try {
    const header = await readHeader(blocks, delimiter);
    const scanned = isScanned ? await scanRows(header, blocks, taker, badRows) : undefined;
    rows += scanned?.rows ?? 0;
    const rest = scanned ?? {
      width: undefined,
      line: header.line,
      unread: Buffer.concat([header.bytes, header.unread]),
    };
    const isDone = scanned?.isDone === true && scanned.unread.length === 0;
    if (!isDone) rows += await parseRows({ ...rest, delimiter: header.delimiter, signal }, blocks, taker, badRows);
    isRead = true;
  } finally {
    signal?.removeEventListener("abort", abort);
    if (!isRead) reading.abort();
    await blocks.return();
  }
  return { rows, badRows: badRows.count, firstBadRows: badRows.first };
}

/** What is left for csv-parse. */
interface Rest {
  /** `undefined` when the header is still to come. */
  readonly width: number | undefined;
  readonly line: number;
  readonly unread: Uint8Array;
}

/** Takes the rows up to the first one that the scanner does not understand; nothing where that is the header. */
async function scanRows(
  { names, delimiter, line, unread }: Header,
  blocks: AsyncIterator<Uint8Array, void>,
  taker: RowTaker,
  badRows: BadRows,
): Promise<(Rest & { readonly rows: number; readonly isDone: boolean }) | undefined> {
  const finder = breakFinder();
  if (!names || !finder) return undefined;
  taker.header(names);
  const width = names.length;
  const scanner = new RowScanner({ finder, width, delimiter, line: line + 1, taker, badRows });
  let left = scanner.push(unread);
  while (!left) {
    const step = await blocks.next();
    if (step.done === true) break;
    left = scanner.push(step.value);
  }
  return { rows: scanner.rows, width, line: scanner.line, unread: left ?? scanner.unfinished, isDone: !left };
}

async function parseRows(
  {
    delimiter,
    line,
    unread,
    signal,
    ...rest
  }: Rest & { readonly delimiter: string; readonly signal: AbortSignal | undefined },
  blocks: AsyncIterator<Uint8Array, void>,
  taker: RowTaker,
  badRows: BadRows,
): Promise<number> {
  let { width } = rest;
  let rows = 0;
  const onBadRecord = (badLine: number, reason: string): void => badRows.add(badLine, reason);
  for await (const record of csvRecords(pieces(unread, blocks), { delimiter, line, onBadRecord, signal })) {
    const { cells } = record;
    if (width === undefined) {
      width = cells.length;
      taker.header(cells);
      continue;
    }
    const reason = cells.length === width ? taker.text(cells, record.isOpen) : wrongWidth(cells.length, width);
    if (reason === undefined) rows += 1;
    else badRows.add(record.line, reason);
  }
  if (width === undefined) taker.header([]);
  return rows;
}

/** Copies, for a stream asks for the next one before it is done with the last one; none longer than 64 KiB. */
async function* pieces(unread: Uint8Array, blocks: AsyncIterator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  for (let block: Uint8Array | undefined = unread; block !== undefined; block = await next(blocks)) {
    for (let start = 0; start < block.length; start += PIECE_BYTES) {
      yield Buffer.from(block.subarray(start, start + PIECE_BYTES));
    }
  }
}

async function next(blocks: AsyncIterator<Uint8Array, void>): Promise<Uint8Array | undefined> {
  const step = await blocks.next();
  return step.done === true ? undefined : step.value;
}
