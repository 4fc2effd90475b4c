import { chain, headOf } from "./block-head.ts";
import { gunzipBlocks } from "./gunzip-blocks.ts";

/**
 * The bytes that `source` holds: unzipped when it begins as every gzip stream does, else as they are.
 *
 * @throws MetricsParserError `BAD_GZIP` when a gzip stream is damaged or ends too early
 */
export async function* unzipped(
  source: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const blocks = each(source);
  const head = await headOf(blocks);
  const whole = chain(head, blocks);
  yield* head[0] === 0x1f && head[1] === 0x8b ? gunzipBlocks(whole, signal) : whole;
}

async function* each(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield* source;
}
