import { TextDecoder } from "node:util";
import { piecesOf, type TextSource } from "./text-source.ts";

/** How the bytes of a log were read. */
export interface LogEncoding {
  /** By its byte order mark; UTF-8 without one, and for text that came as strings. */
  name: "utf-8" | "utf-16le" | "utf-16be";
  /** How many characters could not be read, and are U+FFFD. */
  unreadable: number;
}

/** The text of a log: UTF-8, or UTF-16 when it begins with its byte order mark; `encoding` tells when all is read. */
export async function* decodeLog(
  source: TextSource,
  encoding: LogEncoding,
  signal?: AbortSignal,
): AsyncGenerator<string, void> {
  let decoder: TextDecoder | undefined;
  let first: Uint8Array = new Uint8Array();
  const start = (): TextDecoder => {
    encoding.name = markOf(first);
    return new TextDecoder(encoding.name, { ignoreBOM: true });
  };
  const decoded = (bytes: Uint8Array, stream: boolean): string => {
    decoder ??= start();
    const text = decoder.decode(bytes, { stream });
    encoding.unreadable += replacements(text);
    return text;
  };
  for await (const piece of piecesOf(source, signal)) {
    if (typeof piece === "string") {
      // A string ends a character that the bytes before it left open
      yield decoded(decoder === undefined ? first : new Uint8Array(), false) + piece;
      continue;
    }
    if (decoder !== undefined) yield decoded(piece, true);
    else {
      first = first.length === 0 ? piece : Buffer.concat([first, piece]);
      if (first.length > 1) yield decoded(first, true);
    }
  }
  yield decoded(decoder === undefined ? first : new Uint8Array(), false);
}

function markOf([first, second]: Uint8Array): LogEncoding["name"] {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function replacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) count += 1;
  return count;
}
