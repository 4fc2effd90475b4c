import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { configError } from "@ea/runner";

/** Where the meters write their raw files. */
export interface RawDirectory {
  readonly path: string;
  /** Removes it, unless it is to be kept. */
  readonly release: () => Promise<void>;
}

/**
 * The new directory that is to be kept, or a temporary one.
 *
 * @throws {RunnerError} `CONFIG` when the one to be kept exists, or cannot be made.
 */
export async function rawDirectory(keep: string | undefined): Promise<RawDirectory> {
  if (keep === undefined) {
    const path = await mkdtemp(join(tmpdir(), "ea-measure-"));
    return { path, release: () => rm(path, { recursive: true, force: true }) };
  }
  try {
    await mkdir(dirname(keep), { recursive: true });
    await mkdir(keep);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw configError([{ file: undefined, path: "--keep", message: `expected a new directory, found ${words}` }]);
  }
  return { path: keep, release: () => Promise.resolve() };
}
