import { gunzipBlocks, isGzip } from "./gunzip-blocks.ts";

const MAGIC_LENGTH = 3;

/** The bytes of a text in UTF-8 without a byte order mark, whether `blocks` are that, gzip of it, or UTF-16 with its mark. */
export async function* utf8Blocks(
  blocks: AsyncGenerator<Uint8Array, void>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const head = await headOf(blocks);
  if (isGzip(head)) {
    const unzipped = gunzipBlocks(chain(head, blocks), signal);
    const text = await headOf(unzipped);
    yield* decoded(text, chain(text, unzipped));
  } else yield* decoded(head, chain(head, blocks));
}

async function* decoded(head: Uint8Array, blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  if (head[0] === 0xff && head[1] === 0xfe) yield* transcoded(blocks, "utf-16le");
  else if (head[0] === 0xfe && head[1] === 0xff) yield* transcoded(blocks, "utf-16be");
  else {
    let skipped = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? MAGIC_LENGTH : 0;
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

/** The first block, or as many as it takes to have three bytes. */
async function headOf(blocks: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < MAGIC_LENGTH) {
    const step = await blocks.next();
    if (step.done === true) break;
    head = head.length === 0 && step.value.length >= MAGIC_LENGTH ? step.value : Buffer.concat([head, step.value]);
  }
  return head;
}

/** The head and what comes after it; ends `blocks` also when it is left at the head. */
async function* chain(head: Uint8Array, blocks: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  try {
    if (head.length > 0) yield head;
    yield* blocks;
  } finally {
    await blocks.return();
  }
}
