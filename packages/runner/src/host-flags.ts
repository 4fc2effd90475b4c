import { statfs } from "node:fs/promises";
import type { Flag } from "@ea/records";
import { LOW_DISK_BYTES, MIN_DISK_BYTES } from "./defaults.ts";
import type { GateCondition } from "./gate-condition.ts";
import { type HostLoad, type LoadContext, loadOfOthers } from "./host-load.ts";
import { orphanOwner } from "./orphans.ts";

/** What the host tells before an attempt, when nothing of ours trains: load of others, a disk that is nearly full. */
export async function hostConditions(directory: string, context: LoadContext): Promise<readonly GateCondition[]> {
  const load = await loadOfOthers(context);
  return [...(load ? [loadCondition(load)] : []), ...diskConditions(directory, await freeBytes(directory))];
}

function loadCondition(load: HostLoad): GateCondition {
  const [first] = load.busiest;
  const pids = load.busiest.map(({ pid }) => pid).join(",");
  const isOrphan = load.busiest.some(({ pid }) => orphanOwner(pid) !== undefined);
  const look = first ? `ps -o pid,user,etime,pcpu,args -p ${pids}` : "ps -eo pid,user,etime,pcpu,args --sort=-pcpu";
  return {
    key: "busy-host",
    flag: busyFlag(load, "when the run began"),
    isWaitedFor: true,
    help: isOrphan ? ORPHAN_HELP : look,
  };
}

/** Ends what an `ea` that is gone has left running. */
export const ORPHAN_HELP = "ea doctor --end-orphans (an earlier ea has left it running)";

/** The flag for a load of others. */
export function busyFlag(
  { busyCores, cores, busiest }: HostLoad,
  when: string,
  evidence: Readonly<Record<string, number>> = {},
): Flag {
  const names = busiest.map(({ pid, name, cores: used }) => `${name} (pid ${pid}) ${used.toFixed(1)}`).join(", ");
  const who = names === "" ? "" : ` (${names})`;
  const message = `other work kept ${busyCores.toFixed(1)} of ${cores} CPU cores busy${who} ${when}: its energy is in the CPU's`;
  const processes = busiest.length > 0 ? { processes: busiest.map((each) => ({ ...each })) } : {};
  return { code: "busy-host", severity: "warning", message, evidence: { busyCores, cores, ...evidence, ...processes } };
}

/** Bytes that we may still write in a directory. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Whether the results may soon have no room. */
export function diskConditions(directory: string, free: number): readonly GateCondition[] {
  const flag = diskFlag(free, "when the run began");
  if (flag === undefined) return [];
  return [
    {
      key: "disk-low",
      flag,
      isWaitedFor: true,
      isFatal: free < MIN_DISK_BYTES,
      help: `df -h '${directory}', and remove what is not needed`,
    },
  ];
}

/** The flag for a disk with so little room. */
export function diskFlag(free: number, when: string): Flag | undefined {
  if (free >= LOW_DISK_BYTES) return undefined;
  const message = `only ${(free / 1e6).toFixed(0)} MB were free for the results ${when}`;
  return { code: "disk-low", severity: "warning", message, evidence: { freeBytes: free } };
}
