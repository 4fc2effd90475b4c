import { fileBlocks } from "./file-blocks.ts";
import { piecesOf, type TextSource } from "./text-source.ts";
import { utf8Blocks } from "./utf8-blocks.ts";

/** A file by its path. */
export interface FileSource {
  readonly path: string;
}

/** Where a table comes from: a file by its path, its text, or its bytes in order; gzip and UTF-16 are told by their first bytes. */
export type TelemetrySource = TextSource | FileSource;

/** What to tell while a source is read. */
export interface BlockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes read so far, after each block has been dealt with. */
  readonly onBytes?: ((bytesRead: number) => void) | undefined;
}

/** The bytes of a table in UTF-8 without a byte order mark; a block is valid until the next one is asked for. */
export function telemetryBlocks(
  source: TelemetrySource,
  { signal, onBytes }: BlockOptions,
): AsyncGenerator<Uint8Array, void> {
  return utf8Blocks(
    counted(isFile(source) ? fileBlocks(source.path) : encoded(piecesOf(source, signal)), { signal, onBytes }),
    signal,
  );
}

function isFile(source: TelemetrySource): source is FileSource {
  return typeof source === "object" && "path" in source && typeof source.path === "string" && !isIterable(source);
}

/** A stream of node:fs has a path too. */
function isIterable(source: object): boolean {
  return Symbol.asyncIterator in source || Symbol.iterator in source;
}

async function* counted(
  blocks: AsyncIterable<Uint8Array>,
  { signal, onBytes }: BlockOptions,
): AsyncGenerator<Uint8Array, void> {
  signal?.throwIfAborted();
  let bytesRead = 0;
  for await (const block of blocks) {
    bytesRead += block.length;
    yield block;
    signal?.throwIfAborted();
    onBytes?.(bytesRead);
  }
}

/** Strings as UTF-8; two of them may share a character of two halves. */
async function* encoded(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let half = "";
  for await (const piece of pieces) {
    if (typeof piece === "string") {
      const text = half + piece;
      half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? "";
      yield Buffer.from(text.slice(0, text.length - half.length));
    } else yield piece;
  }
  if (half !== "") yield Buffer.from(half);
}
