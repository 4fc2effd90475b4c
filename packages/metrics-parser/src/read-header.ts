import { MAX_RECORD_LENGTH } from "./csv-records.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { MetricsParserError } from "./errors.ts";

const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE, QUOTE] = [9, 10, 13, 32, 34];
const DELIMITERS = new Set(Buffer.from(",;\t|"));

/** The header of a CSV text. */
export interface Header {
  /** The names of the columns, trimmed; `undefined` when it has quotes or there is none: csv-parse has to read it. */
  readonly names: readonly string[] | undefined;
  readonly delimiter: string;
  /** The 1-based line on which it stands. */
  readonly line: number;
  readonly bytes: Uint8Array;
  /** What was read beyond it. */
  readonly unread: Uint8Array;
}

/**
 * Reads as many blocks as it takes to have the header, the first line that is not blank.
 *
 * @throws MetricsParserError `BAD_CSV` when it is longer than 1 MiB, or its delimiter may be one or another
 */
export async function readHeader(blocks: AsyncIterator<Uint8Array, void>, delimiter?: string): Promise<Header> {
  let read = Buffer.alloc(0);
  let line = 1;
  for (;;) {
    const step = await blocks.next();
    const isWhole = step.done === true;
    if (!isWhole) read = Buffer.concat([read, step.value]);
    const { end, ...skipped } = firstLine(read, isWhole);
    read = read.subarray(skipped.bytes);
    line += skipped.lines;
    if (end !== undefined) {
      const bytes = read.subarray(0, end - skipped.bytes);
      const text = bytes.toString();
      const found = delimiter ?? detectDelimiter(text);
      const isPlain = !bytes.includes(QUOTE) && text.trim() !== "";
      const names = isPlain ? text.split(found).map((name) => name.trim()) : undefined;
      return { names, delimiter: found, line, bytes, unread: read.subarray(bytes.length) };
    }
    if (read.length > MAX_RECORD_LENGTH) {
      throw new MetricsParserError("BAD_CSV", `Expected CSV: the header on line ${line} is longer than 1 MiB`);
    }
  }
}

/** Where the first line that is not blank ends, if that is known yet, and what comes before it. */
function firstLine(
  read: Buffer,
  isWhole: boolean,
): { readonly end?: number; readonly bytes: number; readonly lines: number } {
  let [bytes, lines] = [0, 0];
  let isQuoted = false;
  let mayOpen = true;
  for (let at = 0; at < read.length; at += 1) {
    const byte = read[at] ?? 0;
    if (byte === QUOTE) {
      isQuoted = mayOpen && !isQuoted;
      mayOpen = isQuoted || mayOpen;
    } else if (!isQuoted && (byte === LINE_FEED || byte === CARRIAGE_RETURN)) {
      if (byte === CARRIAGE_RETURN && at + 1 === read.length && !isWhole) return { bytes, lines };
      const isPair = byte === CARRIAGE_RETURN && read[at + 1] === LINE_FEED;
      const end = at + (isPair ? 2 : 1);
      if (read.toString("utf8", bytes, at).trim() !== "") return { end, bytes, lines };
      [bytes, lines, at] = [end, lines + 1, end - 1];
    } else if (byte !== SPACE && byte !== TAB) mayOpen = isQuoted || DELIMITERS.has(byte);
    else mayOpen ||= byte === TAB;
  }
  return isWhole ? { end: read.length, bytes, lines } : { bytes, lines };
}
