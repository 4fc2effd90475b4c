import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { MetricsParserError } from "./errors.ts";

/** An open file and what it was when it was opened. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

/**
 * Opens a regular file for reading; never waits for the other end of a pipe.
 *
 * @throws MetricsParserError `BAD_FILE` for what is not there, may not be read, or is no file
 */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw badFile(path, messageOf(cause), cause);
  });
  const stats = await handle.stat();
  if (stats.isFile()) return { handle, stats };
  await handle.close();
  const kind = stats.isDirectory()
    ? "a directory"
    : stats.isFIFO()
      ? "a FIFO: give its stream"
      : "a device: give its stream";
  throw badFile(path, `found ${kind}`);
}

/** Fills `block` with what stands at `position`; gives fewer bytes only at the end of the file. */
export async function readAt(path: string, handle: FileHandle, block: Uint8Array, position: number): Promise<number> {
  try {
    const { bytesRead } = await handle.read(block, 0, block.length, position);
    return bytesRead;
  } catch (cause) {
    throw badFile(path, `after ${position} bytes ${messageOf(cause)}`, cause);
  }
}

/** The error for a file that is another one than it was. */
export function fileChanged(path: string, found: string): MetricsParserError {
  return new MetricsParserError("FILE_CHANGED", `Expected ${JSON.stringify(path)} to grow or stay as it is, ${found}`);
}

function badFile(path: string, found: string, cause?: unknown): MetricsParserError {
  return new MetricsParserError(
    "BAD_FILE",
    `Expected ${JSON.stringify(path)} to be a file that can be read, ${found}`,
    { cause },
  );
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
