import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RecordsError } from "./errors.ts";
import { hasCode } from "./has-code.ts";

/**
 * Makes a new directory for a session below `results`, with `_2`, `_3` … when the name is taken.
 *
 * @throws {RecordsError} `NOT_WRITABLE` when it cannot be made.
 */
export async function createSessionDirectory(
  results: string,
  session: string,
): Promise<{ readonly session: string; readonly directory: string }> {
  try {
    await makeParents(results);
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? session : `${session}_${count}`;
      const directory = join(results, name);
      if (await makeExclusively(directory)) return { session: name, directory };
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RecordsError("NOT_WRITABLE", `Results directory ${results} is not writable: ${why}`, { cause });
  }
}

/** Not node's `recursive`, which never returns where a parent cannot be made at all (as in /proc). */
async function makeParents(path: string): Promise<void> {
  if (await isDirectory(path)) return;
  if (dirname(path) !== path) await makeParents(dirname(path));
  if (!(await makeExclusively(path)) && !(await isDirectory(path))) throw new Error(`${path} is not a directory`);
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function makeExclusively(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}
