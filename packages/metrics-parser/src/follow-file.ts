import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileChanged, type OpenFile, openFile, readAt } from "./open-file.ts";

const BLOCK_BYTES = 65_536;

/** How long to follow, and how often to look. */
export interface FollowOptions {
  /** Ends the bytes, after what the file holds by then; nothing is thrown. */
  readonly until: AbortSignal;
  /** @default 250 */
  readonly pollMs?: number | undefined;
}

/**
 * The bytes of a file that grows, as they are written, until `until` is aborted.
 *
 * @throws MetricsParserError `BAD_FILE` when it cannot be read, `FILE_CHANGED` when it becomes shorter, or another file
 *   takes its place
 */
export async function* followFile(
  path: string,
  { until, pollMs = 250 }: FollowOptions,
): AsyncGenerator<Uint8Array, void> {
  const file = await openFile(path);
  let position = 0;
  try {
    for (;;) {
      const isLast = until.aborted;
      const block = Buffer.allocUnsafe(BLOCK_BYTES);
      const bytes = await readAt(path, file.handle, block, position);
      position += bytes;
      if (bytes > 0) yield block.subarray(0, bytes);
      else {
        await checkSame(path, file, position);
        if (isLast) return;
        await sleep(pollMs, undefined, { signal: until }).catch(() => undefined);
      }
    }
  } finally {
    await file.handle.close();
  }
}

async function checkSame(path: string, { handle, stats }: OpenFile, position: number): Promise<void> {
  const { size } = await handle.stat();
  if (size < position) throw fileChanged(path, `found ${size} bytes after ${position}`);
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) throw fileChanged(path, "found nothing there any more");
  if (there.ino !== stats.ino || there.dev !== stats.dev) throw fileChanged(path, "found another file in its place");
}
