import { abortable } from "./abortable.ts";

/** Text, or its pieces in order, as strings or UTF-8 bytes; a Node stream is one. */
export type TextSource = string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

const PIECE_LENGTH = 65_536;

/** The pieces of `source`, none longer than 64 Ki, so that one huge chunk is no reason to use much memory. */
export async function* piecesOf(source: TextSource, signal?: AbortSignal): AsyncGenerator<string | Uint8Array, void> {
  const chunks = typeof source === "string" ? [source] : source;
  for await (const chunk of abortable(chunks, signal)) {
    for (let start = 0; start < chunk.length; start += PIECE_LENGTH) {
      const end = start + PIECE_LENGTH;
      yield typeof chunk === "string" ? chunk.slice(start, end) : chunk.subarray(start, end);
    }
  }
}
