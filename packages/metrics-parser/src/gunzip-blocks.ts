import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { MetricsParserError } from "./errors.ts";

/**
 * What a gzip stream holds.
 *
 * @throws MetricsParserError `BAD_GZIP` when it is damaged or ends too early
 */
export async function* gunzipBlocks(
  blocks: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const gunzip = createGunzip();
  // What fails comes out of gunzip; not awaited, for a source that is stuck would never end
  pipeline(Readable.from(copies(blocks)), gunzip).catch(() => undefined);
  const chunks: AsyncIterable<Uint8Array> = gunzip;
  try {
    yield* chunks;
  } catch (cause) {
    signal?.throwIfAborted();
    const isZlibs = cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_");
    if (!isZlibs) throw cause;
    throw new MetricsParserError("BAD_GZIP", `Expected a whole gzip stream: ${cause.message}`, { cause });
  } finally {
    gunzip.destroy();
  }
}

/** A stream asks for the next block before it is done with the last one. */
async function* copies(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const block of blocks) yield Buffer.from(block);
}
