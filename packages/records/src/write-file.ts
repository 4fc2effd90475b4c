import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Two writes of one file at the same time must not share their temporary file. */
let writes = 0;

/** Writes a file so that after a crash or a full disk it is there as a whole, or as it was before. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  writes += 1;
  const temporary = `${path}.${process.pid}.${writes}.tmp`;
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** A rename is only durable once its directory is. */
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
