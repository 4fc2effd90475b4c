import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./has-code.ts";

/** What file systems without hard links (FAT, some network shares) say to one. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"] as const;

/** How a file is written. */
interface WriteOptions {
  /** Whether it outlives a crash of the machine, and not only of the process. @default true */
  readonly isDurable?: boolean | undefined;
}

/** Writes a file so that after a crash or a full disk it is there as a whole, or as it was before. */
export async function writeFileAtomically(
  path: string,
  text: string | Uint8Array | AsyncIterable<string>,
  options: WriteOptions = {},
): Promise<void> {
  await throughTemporary(path, text, options, (temporary) => rename(temporary, path));
}

/**
 * Writes a file that is not there yet: after a crash or a full disk it is there as a whole or not at all, and of several
 * processes that try at once exactly one succeeds (where the file system has hard links).
 *
 * @throws an error with the code `EEXIST` when there is one.
 */
export async function createFile(path: string, text: string, options: WriteOptions = {}): Promise<void> {
  await throughTemporary(path, text, options, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      if (!hasCode(error, ...NO_LINKS)) throw error;
      if (existsSync(path)) throw Object.assign(new Error(`${path} exists`), { code: "EEXIST" });
      await rename(temporary, path);
      return;
    }
    await rm(temporary);
  });
}

async function throughTemporary(
  path: string,
  text: string | Uint8Array | AsyncIterable<string>,
  { isDurable = true }: WriteOptions,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`; // of one write alone, whichever host and process makes it
  try {
    const file = await open(temporary, "w");
    try {
      await writeFile(file, text);
      if (isDurable) await file.sync();
    } finally {
      await file.close();
    }
    await publish(temporary);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw error;
  }
  if (isDurable) await syncDirectory(dirname(path));
}

/** What was made or renamed in a directory is only durable once the directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** JSON as we write it: two spaces, newline at the end. */
export function toJsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
