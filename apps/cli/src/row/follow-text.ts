import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** A training's words wait no longer than that. */
const LOOK_MS = 500;
const BLOCK_BYTES = 65_536;

/** Passes on a file as it grows, byte for byte but for characters that a write has torn, until it has ended. */
export async function followText(
  path: string,
  {
    out,
    hasEnded,
    signal,
  }: {
    readonly out: (text: string) => void;
    /** Asked before each look: what was written before it said so is still passed on. */
    readonly hasEnded: () => Promise<boolean>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const file = await open(path, "r");
  const decoder = new TextDecoder();
  const block = Buffer.alloc(BLOCK_BYTES);
  try {
    while (!signal.aborted) {
      const isLast = await hasEnded();
      for (;;) {
        const { bytesRead } = await file.read(block, 0, BLOCK_BYTES);
        if (bytesRead === 0 || signal.aborted) break;
        out(decoder.decode(block.subarray(0, bytesRead), { stream: true }));
      }
      if (isLast) break;
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
    out(decoder.decode());
  } finally {
    await file.close();
  }
}
