import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "./clock.ts";
import { BUSY_CORES, BUSY_SHARE, LOAD_CONFIRM_SECONDS, LOAD_LOOK_SECONDS } from "./defaults.ts";
import { type OurTags, ourProcesses } from "./our-processes.ts";
import { statFields, TICKS_PER_SECOND } from "./proc-stat.ts";

/** So many processes are named. */
const NAMED = 3;
/** Fewer ticks tell nothing. */
const MIN_TICKS = 10;
/** Less of a core is not worth a name. */
const NAMED_CORES = 0.1;

/** A process that keeps CPUs busy. */
interface BusyProcess {
  readonly pid: number;
  readonly name: string;
  readonly cores: number;
}

/** How busy others keep the CPUs. */
export interface HostLoad {
  /** Cores' worth of CPU time that was not ours. */
  readonly busyCores: number;
  /** Of the host, as the kernel counts them. */
  readonly cores: number;
  /** Those that used most, the most first; none where they belong to another container, or are too many. */
  readonly busiest: readonly BusyProcess[];
}

/** Where and when to look. */
export interface LoadContext extends OurTags {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** @default "/proc" */
  readonly procRoot?: string | undefined;
}

/** Ticks of all CPUs together. */
interface Ticks {
  readonly busy: number;
  readonly all: number;
  readonly cores: number;
}

/** Reads `/proc/stat`: user, nice, system, idle, iowait, irq, softirq (man 5 proc_stat); what other virtual machines take is not ours to tell. */
export function busyTicks(procStat: string): Ticks | undefined {
  const [, fields] = /^cpu +([\d ]+)$/m.exec(procStat) ?? [];
  if (fields === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0] = fields.split(" ").map(Number);
  const busy = user + nice + system + irq + softirq;
  return { busy, all: busy + idle + iowait, cores: procStat.match(/^cpu\d+ /gm)?.length ?? 1 };
}

/** The ticks of all CPUs now. */
export function hostTicks(procRoot = "/proc"): Ticks | undefined {
  return busyTicks(readFileSync(join(procRoot, "stat"), "latin1"));
}

/** Whether so many cores of others are a load. */
export function isBusy(busyCores: number, cores: number): boolean {
  return busyCores >= Math.max(BUSY_CORES, BUSY_SHARE * cores);
}

/**
 * The load of others while nothing of ours trains. A short look; where it finds a load a longer one, which leaves out what
 * our own processes use and names those that use most.
 *
 * @returns `undefined` where there is no load, or nothing can be said.
 */
export async function loadOfOthers(context: LoadContext): Promise<HostLoad | undefined> {
  const { clock, signal, procRoot = "/proc" } = context;
  const [first, ownBefore] = [hostTicks(procRoot), ownTicks()];
  await clock.sleep(LOAD_LOOK_SECONDS, signal);
  const second = hostTicks(procRoot);
  const quick = coresBetween(first, second, ownTicks() - ownBefore);
  if (signal.aborted || second === undefined || quick === undefined || !isBusy(quick, second.cores)) return undefined;

  const before = { host: second, processes: processTicks(procRoot) };
  await clock.sleep(LOAD_CONFIRM_SECONDS, signal);
  const after = { host: hostTicks(procRoot), processes: processTicks(procRoot) };
  if (signal.aborted || !after.host) return undefined;
  const own = new Set([process.pid, ...ourProcesses(context)]);
  const used = [...after.processes].map(([pid, { name, ticks }]) => {
    const past = before.processes.get(pid)?.ticks ?? 0;
    return { pid, name, ticks: Math.max(0, ticks - past) };
  });
  const ours = used.filter(({ pid }) => own.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0);
  const busyCores = coresBetween(before.host, after.host, ours);
  const { cores } = after.host;
  if (busyCores === undefined || !isBusy(busyCores, cores)) return undefined;
  const perTick = cores / (after.host.all - before.host.all);
  const busiest = used
    .filter(({ pid, ticks }) => !own.has(pid) && ticks * perTick >= NAMED_CORES)
    .sort((a, b) => b.ticks - a.ticks)
    .slice(0, NAMED)
    .map(({ pid, name, ticks }) => ({ pid, name, cores: ticks * perTick }));
  return { busyCores, cores, busiest };
}

/** Cores kept busy between two looks, without so many ticks of ours; `undefined` when too little time has passed. */
export function coresBetween(
  before: Ticks | undefined,
  after: Ticks | undefined,
  ownTicksBetween: number,
): number | undefined {
  if (!before || !after || after.all - before.all < MIN_TICKS) return undefined;
  const busy = Math.max(0, after.busy - before.busy - ownTicksBetween);
  return (busy / (after.all - before.all)) * after.cores;
}

/** CPU time of this very process, in ticks. */
function ownTicks(): number {
  const { user, system } = process.cpuUsage();
  return ((user + system) / 1e6) * TICKS_PER_SECOND;
}

/** Name and CPU time of every live process, in ticks. */
function processTicks(procRoot: string): ReadonlyMap<number, { readonly name: string; readonly ticks: number }> {
  const found = new Map<number, { name: string; ticks: number }>();
  for (const pid of readdirSync(procRoot)) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = readOrUndefined(join(procRoot, pid, "stat"));
    if (stat === undefined) continue; // it has ended meanwhile
    const fields = statFields(stat);
    const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    found.set(Number(pid), { name, ticks: Number(fields[11]) + Number(fields[12]) });
  }
  return found;
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
