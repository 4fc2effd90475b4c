import { open } from "node:fs/promises";
import { join } from "node:path";

/** What a training tells about itself stands before its first epoch. */
const HEAD_BYTES = 32_768;
// Colours are all that stands in the lines that are looked at
const COLOUR = "\u001b\\[[0-9;]{0,16}m";
const ANSI = new RegExp(COLOUR, "g");

/** The first lines of a log, without colours. */
export async function readLogHead(path: string): Promise<readonly string[]> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });
    return headLines(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** The first lines of a log that was read. */
export function headLines(bytes: Uint8Array): readonly string[] {
  return new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES)).replaceAll(ANSI, "").split(/\r?\n/);
}

/** The log to read of several: the one that holds the most. */
export async function fullestLog(root: string, logs: readonly string[]): Promise<string | undefined> {
  let best: { readonly log: string; readonly size: number } | undefined;
  for (const log of logs) {
    const size = logs.length === 1 ? 0 : await sizeOf(join(root, log));
    if (!best || size > best.size) best = { log, size };
  }
  return best?.log;
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path, "r").catch(() => undefined); // told when it is read
  if (!file) return -1;
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
