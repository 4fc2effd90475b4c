import type { BadRows } from "./bad-rows.ts";
import { indexBreaks } from "./break-index.ts";
import { MAX_RECORD_LENGTH } from "./csv-records.ts";
import { type RowTaker, wrongWidth } from "./row-taker.ts";

const FIRST_WINDOW = 262_144;
const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34];

/** What the rows look like, and who takes them. */
export interface RowScannerOptions {
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
  // Three views of the same memory; a Buffer is a little slower byte by byte
  #window = Buffer.alloc(0);
  #bytes = new Uint8Array();
  #words = new Int32Array();
  #ends = new Int32Array();
  /** How many bytes of an unfinished row the window begins with. */
  #kept = 0;
  #line: number;
  #rows = 0;

  constructor(options: RowScannerOptions) {
    this.#options = options;
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#line = options.line;
    this.#resize(FIRST_WINDOW);
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
    return Buffer.copyBytesFrom(this.#window, 0, this.#kept);
  }

  /** Takes the rows in `chunk`; gives back everything from the first row on that it does not understand. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    let taken = 0;
    while (taken < chunk.length) {
      const piece = chunk.subarray(taken, taken + this.#window.length - this.#kept);
      this.#window.set(piece, this.#kept);
      taken += piece.length;
      const filled = this.#kept + piece.length;
      const newline = piece.lastIndexOf(LINE_FEED);
      const end = newline < 0 ? 0 : this.#kept + newline + 1;
      const stop = this.#scan(end);
      this.#kept = filled - stop;
      this.#window.copyWithin(0, stop, filled);
      if (stop < end || this.#kept > MAX_RECORD_LENGTH) return Buffer.concat([this.unfinished, chunk.subarray(taken)]);
      if (this.#kept === this.#window.length) this.#resize(2 * this.#kept);
    }
    return undefined;
  }

  /** Takes the rows among the first `length` bytes of the window, and returns where it has stopped. */
  #scan(length: number): number {
    const [bytes, ends, delimiter] = [this.#bytes, this.#ends, this.#delimiter];
    const { width, taker, badRows } = this.#options;
    const end = plainLength(this.#window.subarray(0, length));
    indexBreaks(this.#words, end, delimiter, ends);
    ends[0] = -1;
    let row = 0;
    let start = 0;
    while (start < end) {
      let last = row + 1;
      while (bytes[ends[last] ?? 0] === delimiter) last += 1;
      const stop = ends[last] ?? 0;
      if (stop - start > MAX_RECORD_LENGTH) return start;
      const cells = last - row;
      if (cells > 1 || !isBlank(this.#window, start, stop)) {
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

  #resize(length: number): void {
    const memory = new ArrayBuffer(length);
    const window = Buffer.from(memory);
    this.#window.copy(window, 0, 0, this.#kept);
    this.#window = window;
    this.#bytes = new Uint8Array(memory);
    this.#words = new Int32Array(memory);
    this.#ends = new Int32Array(length + 1);
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
