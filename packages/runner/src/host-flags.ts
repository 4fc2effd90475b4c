import { readFile, statfs } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { Flag } from "@ea/records";
import type { Clock } from "./clock.ts";

/** Long enough for twenty ticks of the kernel's clock. */
const LOOK_SECONDS = 0.2;
/** The load of others that is told: as much as one core, or this share of all. */
const BUSY_SHARE = 0.1;
/** A day of raw files of 8 GPUs. */
const LOW_DISK_BYTES = 2e9;

/** What the host tells before an attempt, when nothing of ours runs: load of others, a disk that is nearly full. */
export async function hostFlags(
  directory: string,
  context: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly Flag[]> {
  const before = busyTicks(await readFile("/proc/stat", "latin1"));
  await context.clock.sleep(LOOK_SECONDS, context.signal);
  const after = busyTicks(await readFile("/proc/stat", "latin1"));
  const { bavail, bsize } = await statfs(directory);
  return [...loadFlags(before, after, availableParallelism()), ...diskFlags(bavail * bsize)];
}

/** Ticks of all CPUs together. */
interface Ticks {
  readonly busy: number;
  readonly all: number;
}

/** Reads the line of all CPUs: user, nice, system, idle, iowait, irq, softirq (man 5 proc_stat); what other virtual machines take is not ours to tell. */
export function busyTicks(procStat: string): Ticks | undefined {
  const [, fields] = /^cpu +([\d ]+)$/m.exec(procStat) ?? [];
  if (fields === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0] = fields.split(" ").map(Number);
  const busy = user + nice + system + irq + softirq;
  return { busy, all: busy + idle + iowait };
}

/** Whether others keep the CPUs busy. */
export function loadFlags(before: Ticks | undefined, after: Ticks | undefined, cores: number): readonly Flag[] {
  if (!before || !after || after.all <= before.all) return [];
  const busyCores = ((after.busy - before.busy) / (after.all - before.all)) * cores;
  if (busyCores < Math.max(1, BUSY_SHARE * cores)) return [];
  const message = `other work kept ${busyCores.toFixed(1)} of ${cores} CPU cores busy when the run began: its energy is in the CPU's`;
  return [{ code: "busy-host", severity: "warning", message, evidence: { busyCores, cores } }];
}

/** Whether the results may soon have no room. */
export function diskFlags(freeBytes: number): readonly Flag[] {
  if (freeBytes >= LOW_DISK_BYTES) return [];
  const message = `only ${(freeBytes / 1e6).toFixed(0)} MB were free for the results when the run began`;
  return [{ code: "disk-low", severity: "warning", message, evidence: { freeBytes } }];
}
