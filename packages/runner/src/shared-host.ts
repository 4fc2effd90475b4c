import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { claimHolder, type Flag, safeName } from "@ea/records";
import { isAlive, type ProcessIdentity, startTicks } from "./process-identity.ts";
import { type RowSpan, recentRows } from "./recent-rows.ts";

/** Looks for rows of the same session that ran on this host at the same time: two runs cannot both own its joules. */
export interface SharedHostWatch {
  /** To be asked when the row has ended. */
  readonly flags: () => Promise<readonly Flag[]>;
}

/**
 * Begins to watch, before a row starts. Who works on this host is known by the names of the event logs, what they do by
 * the ends of these: nothing is looked at that would be more the longer the plan is.
 *
 * @param own the row's directory.
 */
export async function watchSharedHost(
  directory: string,
  own: string,
  { here, now }: { readonly here: ProcessIdentity; readonly now: () => Date },
): Promise<SharedHostWatch> {
  const startMs = now().getTime();
  const events = join(directory, "events");
  const before = await logsOfOthers(events, here);
  const known = new Set(before.map(({ name }) => name));
  const atWork = before.filter(({ pid }) => startTicks(pid) !== undefined).map(({ name }) => name);
  const begun = (await rowsIn(events, atWork)).filter(({ endMs }) => endMs === undefined);
  const isHeld = await Promise.all(begun.map(({ name }) => isHeldHere(join(directory, name), here)));
  const atStart = begun.filter((_, index) => isHeld[index]).map(({ name }) => name);
  const dead = new Set(begun.filter((_, index) => !isHeld[index]).map(({ name }) => name));
  return {
    flags: async () => {
      const added = (await logsOfOthers(events, here)).map(({ name }) => name).filter((name) => !known.has(name));
      // Without an end: at work now, or killed meanwhile
      const since = (await rowsIn(events, [...atWork, ...added])).filter(({ name, endMs }) =>
        endMs === undefined ? !dead.has(name) : endMs > startMs,
      );
      const names = [...new Set([...atStart, ...since.map(({ name }) => name)])]
        .filter((name) => name !== basename(own))
        .sort();
      if (names.length === 0) return [];
      const message = `another ea ran ${names.join(", ")} on this host at the same time: energies of the host are of both`;
      return [{ code: "shared-host", severity: "error", message, evidence: { rows: names } }];
    },
  };
}

/** Event logs of other processes of this host. */
async function logsOfOthers(
  events: string,
  { host, pid: own }: ProcessIdentity,
): Promise<readonly { readonly name: string; readonly pid: number }[]> {
  const names = await readdir(events);
  if (names.length <= 1) return []; // only this process's own: nobody else has ever worked here
  const prefix = `${safeName(host)}-`;
  return names.flatMap((name) => {
    const digits = name.startsWith(prefix) ? /^(\d+)(?:_\d+)?\.jsonl$/.exec(name.slice(prefix.length))?.[1] : undefined;
    return digits === undefined || Number(digits) === own ? [] : [{ name, pid: Number(digits) }];
  });
}

async function rowsIn(events: string, logs: readonly string[]): Promise<readonly RowSpan[]> {
  return (await Promise.all(logs.map((name) => recentRows(join(events, name))))).flat();
}

/** Whether a live process of this host has a row. */
async function isHeldHere(rowDirectory: string, here: ProcessIdentity): Promise<boolean> {
  const holder = await claimHolder(rowDirectory);
  return holder?.claim !== undefined && isAlive(holder.claim, here) === true;
}
