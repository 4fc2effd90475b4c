import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { claimHolder, type Flag, findRecord } from "@ea/records";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";

/** Looks for rows of the same session that ran on this host at the same time: two runs cannot both own its joules. */
export interface SharedHostWatch {
  /** To be asked when the row has ended. */
  readonly flags: () => Promise<readonly Flag[]>;
}

/**
 * Begins to watch, before a row starts.
 *
 * @param own the row's directory.
 */
export async function watchSharedHost(
  directory: string,
  own: string,
  context: {
    readonly here: ProcessIdentity;
    /** Directories of rows that had ended before; only asked for where another process has worked. */
    readonly ended: () => ReadonlySet<string>;
    readonly now: () => Date;
  },
): Promise<SharedHostWatch> {
  const { here, ended, now } = context;
  const startMs = now().getTime();
  const first = await othersAtWork(directory, own, { here, ended });
  return {
    flags: async () => {
      const rows = new Set([...first, ...(await othersAtWork(directory, own, { here, ended, sinceMs: startMs }))]);
      if (rows.size === 0) return [];
      const names = [...rows].sort();
      const message = `another ea ran ${names.join(", ")} on this host at the same time: energies of the host are of both`;
      return [{ code: "shared-host", severity: "error", message, evidence: { rows: names } }];
    },
  };
}

/** Rows that other processes of this host work on, or have ended since. */
async function othersAtWork(
  directory: string,
  own: string,
  { here, ended, sinceMs }: { here: ProcessIdentity; ended: () => ReadonlySet<string>; sinceMs?: number },
): Promise<readonly string[]> {
  const logs = await readdir(join(directory, "events"));
  if (logs.length <= 1) return []; // only this process's own: nobody else has ever worked here
  const before = ended();
  const names = (await readdir(directory)).filter((name) => {
    const path = join(directory, name);
    return /^\d+_/.test(name) && path !== own && !before.has(path);
  });
  const found = await Promise.all(
    names.map(async (name) => {
      const holder = await claimHolder(join(directory, name));
      if (holder?.claim && isAlive(holder.claim, here) && holder.claim.pid !== here.pid) return [name];
      if (sinceMs === undefined) return [];
      const record = await findRecord(join(directory, name));
      const isHere = record?.environment.host === here.host;
      return isHere && record.attempts.some(({ ended_at: end }) => Date.parse(end) > sinceMs) ? [name] : [];
    }),
  );
  return found.flat();
}
