import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";

/** How the bytes of a log were read. */
export interface LogEncoding {
  /** By its byte order mark; UTF-8 without one, and for text that came as strings. */
  name: "utf-8" | "utf-16le" | "utf-16be";
  /** How many lines are no UTF-8 and were read as GB18030, the encoding of Chinese consoles, which GBK is a part of. */
  gb18030Lines: number;
  /** How many characters could not be read, and are U+FFFD. */
  unreadable: number;
}

/** A longer line is judged by its parts: one without an end must not need more memory. */
const MAX_PART = 65_536;
const [LINE_FEED, CARRIAGE_RETURN, SPACE, HIGH] = [0x0a, 0x0d, 0x20, 0x80];

/**
 * Decodes each line as UTF-8, else as GB18030 where its bytes look so, else with U+FFFD for what is no UTF-8; `counts`
 * tells of it. The text is the same however the bytes are cut.
 */
export class LineDecoder {
  readonly #counts: Pick<LogEncoding, "gb18030Lines" | "unreadable">;
  #held: Buffer = Buffer.alloc(0);
  /** Whether the line that is being read was counted. */
  #isCounted = false;

  constructor(counts: Pick<LogEncoding, "gb18030Lines" | "unreadable">) {
    this.#counts = counts;
  }

  /** The text of the lines that end in `bytes`. */
  push(bytes: Uint8Array): string {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const all = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    const end = endOfLines(all);
    const text = this.#lines(all.subarray(0, end));
    const { text: begun, rest } = this.#parts(all.subarray(end));
    this.#held = Buffer.from(rest);
    return text + begun;
  }

  /** The text of the last line, which no line break ends. */
  end(): string {
    const text = this.#part(this.#held);
    this.#held = Buffer.alloc(0);
    this.#isCounted = false;
    return text;
  }

  #lines(bytes: Buffer): string {
    if (isUtf8(bytes)) {
      if (bytes.length > 0) this.#isCounted = false;
      return isAscii(bytes) ? bytes.toString("latin1") : utf8Text(bytes);
    }
    let text = "";
    for (let rest = bytes; rest.length > 0; ) {
      const line = rest.subarray(0, lineLength(rest));
      const begun = this.#parts(line);
      text += begun.text + this.#part(begun.rest);
      this.#isCounted = false;
      rest = rest.subarray(line.length);
    }
    return text;
  }

  /** The text of a line that is too long, but for its last part. */
  #parts(line: Buffer): { readonly text: string; readonly rest: Buffer } {
    let text = "";
    let rest = line;
    while (rest.length > MAX_PART) {
      const part = rest.subarray(0, partLength(rest));
      text += this.#part(part);
      rest = rest.subarray(part.length);
    }
    return { text, rest };
  }

  #part(bytes: Buffer): string {
    const text = utf8Text(bytes);
    if (isUtf8(bytes)) return text;
    const chinese = asGb18030(bytes, text);
    if (chinese === undefined) {
      this.#counts.unreadable += countOf(text, /\ufffd/g);
      return text;
    }
    if (!this.#isCounted) this.#counts.gb18030Lines += 1;
    this.#isCounted = true;
    return chinese;
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const gb18030 = new TextDecoder("gb18030", { fatal: true });

/**
 * The text of bytes that are no UTF-8, when they are GB18030. In that, high bytes come in pairs: the single ones of Latin-1
 * would take the letter after them along. Where most are UTF-8 of three bytes, one of them is damaged.
 */
function asGb18030(bytes: Buffer, asUtf8: string): string | undefined {
  let [single, pairs] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    if (isHigh(bytes, at)) {
      if (isHigh(bytes, at + 1)) {
        pairs += 1;
        at += 1;
      } else single += 1;
    }
  }
  const inThrees = 3 * countOf(asUtf8, /[\u0800-\ufffc]/g);
  if (single > pairs || inThrees > pairs) return undefined;
  try {
    return gb18030.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function isHigh(bytes: Buffer, at: number): boolean {
  return (bytes[at] ?? 0) >= HIGH;
}

/** With `stream` it takes half the time, and `fatal` would make it slow; what is cut is told here by an empty end. */
function utf8Text(bytes: Buffer): string {
  return utf8.decode(bytes, { stream: true }) + utf8.decode();
}

/** Where the lines end that end in `bytes`. */
function endOfLines(bytes: Buffer): number {
  return Math.max(bytes.lastIndexOf(LINE_FEED), bytes.lastIndexOf(CARRIAGE_RETURN)) + 1;
}

/** How long the first line is, with its end. */
function lineLength(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN) at += 1;
  return at + 1;
}

/** How much of a line that is too long can be decoded alone: up to a space, else up to a whole character of UTF-8. */
function partLength(bytes: Buffer): number {
  const space = bytes.lastIndexOf(SPACE, MAX_PART - 1);
  if (space >= 0) return space + 1;
  let end = MAX_PART;
  while (end > MAX_PART - 3 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
