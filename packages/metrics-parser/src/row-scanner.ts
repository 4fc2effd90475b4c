import type { BadRows } from "./bad-rows.ts";
import { MAX_RECORD_LENGTH } from "./csv-records.ts";
import type { BreakFinder } from "./find-breaks.ts";
import { type RowTaker, wrongWidth } from "./row-taker.ts";

/** As much as stays in a core's cache. */
const PIECE_BYTES = 262_144;
const MAX_PARTS = 1024;
const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34];

/** What the rows look like, and who takes them. */
export interface RowScannerOptions {
  readonly finder: BreakFinder;
  readonly width: number;
  readonly delimiter: string;
  /** The 1-based line of the first row. */
  readonly line: number;
  readonly taker: RowTaker;
  readonly badRows: BadRows;
}

/**
 * Finds the rows of plain CSV in bytes, and makes no string of any of them. It understands no quotes, no lone carriage
 * returns, and no row of more than 1 MiB.
 */
export class RowScanner {
  readonly #options: RowScannerOptions;
  readonly #delimiter: number;
  /** The finder's window; byte by byte a little faster than a Buffer. */
  readonly #bytes: Uint8Array;
  /** An unfinished row. */
  #parts: Buffer[] = [];
  #partsBytes = 0;
  #line: number;
  #rows = 0;

  constructor(options: RowScannerOptions) {
    this.#options = options;
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#line = options.line;
    const { buffer, byteOffset, length } = options.finder.window;
    this.#bytes = new Uint8Array(buffer, byteOffset, length);
  }

  /** How many rows were taken. */
  get rows(): number {
    return this.#rows;
  }

  /** The line of the row that comes next. */
  get line(): number {
    return this.#line;
  }

  /** The row that is not complete yet. */
  get unfinished(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  /** Takes the rows in `chunk`; gives back everything from the first row on that it does not understand. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    let taken = 0;
    while (taken < chunk.length) {
      // With what is kept, at most the window's 2 MiB
      const piece = chunk.subarray(taken, taken + Math.max(PIECE_BYTES, this.#partsBytes));
      taken += piece.length;
      const newline = piece.lastIndexOf(LINE_FEED);
      const isUnderstood = newline < 0 || this.#scanPiece(piece, newline);
      if (newline < 0) this.#keep(piece);
      if (!isUnderstood || this.#partsBytes > MAX_RECORD_LENGTH) {
        return Buffer.concat([...this.#parts, chunk.subarray(taken)]);
      }
    }
    return undefined;
  }

  /** Takes the rows up to a line feed in `piece` and keeps what follows, or everything from the first odd row on. */
  #scanPiece(piece: Uint8Array, newline: number): boolean {
    const { window } = this.#options.finder;
    let filled = 0;
    for (const part of [...this.#parts, piece]) {
      window.set(part, filled);
      filled += part.length;
    }
    const end = filled - piece.length + newline + 1;
    const stop = this.#scan(end);
    this.#parts = [];
    this.#partsBytes = 0;
    this.#keep(window.subarray(stop, filled));
    return stop === end;
  }

  #keep(part: Uint8Array): void {
    this.#parts.push(Buffer.from(part));
    this.#partsBytes += part.length;
    if (this.#parts.length > MAX_PARTS) this.#parts = [Buffer.concat(this.#parts)];
  }

  /** Takes the rows among the first `length` bytes of the window, and returns where it has stopped. */
  #scan(length: number): number {
    const { finder, width, taker, badRows } = this.#options;
    const [bytes, ends, delimiter] = [this.#bytes, finder.breaks, this.#delimiter];
    const end = plainLength(finder.window.subarray(0, length));
    if (end > 0) finder.find(end, delimiter);
    let row = 0;
    let start = 0;
    while (start < end) {
      let last = row + 1;
      while (bytes[ends[last] ?? 0] === delimiter) last += 1;
      const stop = ends[last] ?? 0;
      if (stop - start > MAX_RECORD_LENGTH) return start;
      const cells = last - row;
      if (cells > 1 || !isBlank(finder.window, start, stop)) {
        const reason = cells === width ? taker.bytes(bytes, ends, row) : wrongWidth(cells, width);
        if (reason === undefined) this.#rows += 1;
        else badRows.add(this.#line, reason);
      }
      this.#line += 1;
      row = last;
      start = stop + 1;
    }
    return end;
  }
}

/** How many bytes make whole lines without a quote or a carriage return that no line feed follows. */
function plainLength(bytes: Buffer): number {
  let odd = bytes.indexOf(CARRIAGE_RETURN);
  while (odd >= 0 && bytes[odd + 1] === LINE_FEED) odd = bytes.indexOf(CARRIAGE_RETURN, odd + 2);
  const quote = bytes.indexOf(QUOTE);
  if (quote >= 0 && (odd < 0 || quote < odd)) odd = quote;
  return odd < 0 ? bytes.length : bytes.lastIndexOf(LINE_FEED, odd) + 1;
}

/** Whether there is nothing but white space; mostly the first byte tells. */
function isBlank(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start] ?? 0;
  if (start < end && first > 32 && first < 127) return false;
  return bytes.toString("utf8", start, end).trim() === "";
}
