import { TextDecoder } from "node:util";
import { LineDecoder, type LogEncoding } from "./line-decoder.ts";
import { piecesOf, type TextSource } from "./text-source.ts";

/** Makes text of bytes; `end` gives what is left, and starts anew. */
interface Decoder {
  push(bytes: Uint8Array): string;
  end(): string;
}

/**
 * The text of a log: UTF-16 when it begins with its byte order mark, else UTF-8 and GB18030 line by line; `encoding` tells
 * when all is read.
 */
export async function* decodeLog(
  source: TextSource,
  encoding: LogEncoding,
  signal?: AbortSignal,
): AsyncGenerator<string, void> {
  let decoder: Decoder | undefined;
  let first: Uint8Array = new Uint8Array();
  const start = (): Decoder => {
    encoding.name = markOf(first);
    return encoding.name === "utf-8" ? new LineDecoder(encoding) : utf16Decoder(encoding.name, encoding);
  };
  const rest = (): string => {
    if (decoder !== undefined) return decoder.end();
    decoder = start();
    return decoder.push(first) + decoder.end();
  };
  for await (const piece of piecesOf(source, signal)) {
    // A string ends a character that the bytes before it left open
    if (typeof piece === "string") yield rest() + piece;
    else if (decoder !== undefined) yield decoder.push(piece);
    else {
      first = first.length === 0 ? piece : Buffer.concat([first, piece]);
      if (first.length > 1) {
        decoder = start();
        yield decoder.push(first);
      }
    }
  }
  yield rest();
}

function markOf([first, second]: Uint8Array): LogEncoding["name"] {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function utf16Decoder(name: string, counts: Pick<LogEncoding, "unreadable">): Decoder {
  const decoder = new TextDecoder(name, { ignoreBOM: true });
  const counted = (text: string): string => {
    for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) counts.unreadable += 1;
    return text;
  };
  return {
    push: (bytes) => counted(decoder.decode(bytes, { stream: true })),
    end: () => counted(decoder.decode()),
  };
}
