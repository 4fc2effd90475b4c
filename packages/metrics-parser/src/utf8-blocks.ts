import { chain, headOf } from "./block-head.ts";
import { unzipped } from "./unzipped.ts";

const MARK_LENGTH = 3;

/** The bytes of a text in UTF-8 without a byte order mark, whether `blocks` are that, gzip of it, or UTF-16 with its mark. */
export async function* utf8Blocks(
  blocks: AsyncGenerator<Uint8Array, void>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const text = unzipped(blocks, signal);
  const head = await headOf(text);
  yield* decoded(head, chain(head, text));
}

async function* decoded(head: Uint8Array, blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  if (head[0] === 0xff && head[1] === 0xfe) yield* transcoded(blocks, "utf-16le");
  else if (head[0] === 0xfe && head[1] === 0xff) yield* transcoded(blocks, "utf-16be");
  else {
    let skipped = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? MARK_LENGTH : 0;
    for await (const block of blocks) {
      yield skipped > 0 ? block.subarray(skipped) : block;
      skipped = 0;
    }
  }
}

async function* transcoded(blocks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array, void> {
  const decoder = new TextDecoder(encoding);
  for await (const block of blocks) yield Buffer.from(decoder.decode(block, { stream: true }));
  yield Buffer.from(decoder.decode());
}
