import { fileChanged, openFile, readAt } from "./open-file.ts";

const BLOCK_BYTES = 262_144;

/**
 * The bytes of a file, up to its end at the time it is reached. A block is valid until the next one is asked for: the
 * next but one is read into the same memory meanwhile.
 *
 * @throws MetricsParserError `BAD_FILE` when it cannot be read, `FILE_CHANGED` when it has become shorter meanwhile
 */
export async function* fileBlocks(path: string): AsyncGenerator<Uint8Array, void> {
  const { handle, stats } = await openFile(path);
  let [block, spare] = [Buffer.allocUnsafeSlow(BLOCK_BYTES), Buffer.allocUnsafeSlow(BLOCK_BYTES)];
  let position = 0;
  // As a value, so that a failure waits until it is asked for
  const read = (into: Buffer): Promise<{ readonly bytes: number } | { readonly error: unknown }> =>
    readAt(path, handle, into, position).then(
      (bytes) => ({ bytes }),
      (error: unknown) => ({ error }),
    );
  let reading = read(spare);
  try {
    for (;;) {
      const outcome = await reading;
      if ("error" in outcome) throw outcome.error;
      if (outcome.bytes === 0) break;
      [block, spare] = [spare, block];
      position += outcome.bytes;
      reading = read(spare);
      yield block.subarray(0, outcome.bytes);
    }
    const { size } = await handle.stat();
    // What the kernel makes up has no size
    const isShorter = size < stats.size || (stats.size > 0 && size < position);
    if (isShorter) throw fileChanged(path, `found ${size} bytes after ${Math.max(position, stats.size)}`);
  } finally {
    await reading;
    await handle.close();
  }
}
