import { readFile, statfs } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { Flag } from "@ea/records";
import type { Clock } from "./clock.ts";
import { TICKS_PER_SECOND } from "./proc-stat.ts";

/** Long enough for twenty ticks of the kernel's clock. */
const LOOK_SECONDS = 0.2;
/** The load of others that is told: as much as one core, or this share of all. */
const BUSY_SHARE = 0.1;
/** Ticks are too coarse for a shorter one. */
const MIN_RUN_SECONDS = 1;
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

/** Whether others keep the CPUs busy before a run. */
export function loadFlags(before: Ticks | undefined, after: Ticks | undefined, cores: number): readonly Flag[] {
  if (!before || !after || after.all <= before.all) return [];
  return busyFlags(((after.busy - before.busy) / (after.all - before.all)) * cores, cores, "when the run began");
}

/** Watches the load from now on; what is returned tells of others', given the CPU seconds of the training itself. */
export async function watchLoad(): Promise<(ownSeconds: number | undefined) => Promise<readonly Flag[]>> {
  const [before, startMs] = [busyTicks(await readFile("/proc/stat", "latin1")), performance.now()];
  return async (ownSeconds) => {
    const after = busyTicks(await readFile("/proc/stat", "latin1"));
    const seconds = (performance.now() - startMs) / 1000;
    if (!before || !after || ownSeconds === undefined || seconds < MIN_RUN_SECONDS) return [];
    const otherSeconds = (after.busy - before.busy) / TICKS_PER_SECOND - ownSeconds;
    return busyFlags(otherSeconds / seconds, availableParallelism(), "during the run");
  };
}

function busyFlags(busyCores: number, cores: number, when: string): readonly Flag[] {
  if (busyCores < Math.max(1, BUSY_SHARE * cores)) return [];
  const message = `other work kept ${busyCores.toFixed(1)} of ${cores} CPU cores busy ${when}: its energy is in the CPU's`;
  return [{ code: "busy-host", severity: "warning", message, evidence: { busyCores, cores } }];
}

/** Whether the results may soon have no room. */
export function diskFlags(freeBytes: number): readonly Flag[] {
  if (freeBytes >= LOW_DISK_BYTES) return [];
  const message = `only ${(freeBytes / 1e6).toFixed(0)} MB were free for the results when the run began`;
  return [{ code: "disk-low", severity: "warning", message, evidence: { freeBytes } }];
}
