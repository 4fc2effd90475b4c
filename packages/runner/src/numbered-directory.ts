import { mkdir } from "node:fs/promises";
import { join } from "node:path";

/** Makes the next of `name_1`, `name_2` … in a directory: what is done again has one of its own. */
export async function numberedDirectory(parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (let number = 1; ; number += 1) {
    const directory = join(parent, `${name}_${number}`);
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}
