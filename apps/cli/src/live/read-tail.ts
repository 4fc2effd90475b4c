import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** The last bytes of a file as text; empty when there is no file. */
export function readTail(path: string, bytes: number): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const block = Buffer.alloc(Math.min(size, bytes));
    const read = readSync(file, block, 0, block.length, size - block.length);
    return block.toString("utf8", 0, read);
  } finally {
    closeSync(file);
  }
}
