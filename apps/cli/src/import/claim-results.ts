import { mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { claimRow, isoWithOffset } from "@ea/records";
import { configError, isAlive, thisProcess } from "@ea/runner";

/** The place below the results in which sessions are written before they appear. */
const WORKSHOP = ".import";

/** Results into which nobody else imports. */
export interface ClaimedResults {
  /** An empty directory. */
  readonly workDirectory: string;
  readonly release: () => Promise<void>;
}

/**
 * Makes sure that no other import writes into the same results; what one that was killed has left half done is removed.
 *
 * @throws {RunnerError} `CONFIG` when another import is at work.
 */
export async function claimResults(results: string, now: Date): Promise<ClaimedResults> {
  const workDirectory = join(results, WORKSHOP);
  await mkdir(workDirectory, { recursive: true });
  const identity = thisProcess();
  const mine = { ...identity, tag: "import", claimed_at: isoWithOffset(now) };
  const claimed = await claimRow(
    workDirectory,
    mine,
    (holder) => holder !== undefined && isAlive(holder, identity) === false,
  );
  if ("holder" in claimed) {
    const { holder } = claimed;
    const who = holder
      ? `pid ${holder.pid} on ${holder.host} since ${holder.claimed_at}`
      : "a claim that cannot be read";
    const message = `expected no other import at work here, found ${who}; if that has ended, remove ${workDirectory}`;
    throw configError([{ file: results, path: "", message }]);
  }
  for (const entry of await readdir(workDirectory, { withFileTypes: true })) {
    if (entry.isDirectory()) await rm(join(workDirectory, entry.name), { recursive: true });
  }
  return {
    workDirectory,
    release: async () => {
      await claimed.release();
      if ((await readdir(workDirectory)).length === 0) await rmdir(workDirectory);
    },
  };
}
