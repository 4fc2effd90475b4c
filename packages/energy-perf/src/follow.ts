import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** How a growing file is followed. */
export interface FollowOptions {
  readonly intervalMs: number;
  /** Aborting it ends the iteration, after what is in the file by then. */
  readonly signal: AbortSignal;
}

/** Complete lines of a growing file, without their newline, as they come; the file may not exist yet. */
export async function* followLines(path: string, { intervalMs, signal }: FollowOptions): AsyncGenerator<string, void> {
  let offset = 0;
  let rest = "";
  for (;;) {
    const isLast = signal.aborted;
    const text = await readFrom(path, offset);
    offset += text.length;
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (isLast) return;
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** latin1: one character is one byte, so that no byte is lost at the cut. */
async function readFrom(path: string, offset: number): Promise<string> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return "";
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - offset)), { position: offset });
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}
