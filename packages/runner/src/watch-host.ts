import type { Flag } from "@ea/records";
import { BUSY_TIME_SHARE } from "./defaults.ts";
import { busyFlag, diskFlag, freeBytes } from "./host-flags.ts";
import { coresBetween, hostTicks, isBusy } from "./host-load.ts";
import { type OurTags, ourProcesses } from "./our-processes.ts";
import { readStat, statFields, TICKS_PER_SECOND } from "./proc-stat.ts";
import { processTree, type TreeIdentity } from "./process-tree.ts";

/** Each look reads all of `/proc`. */
const FIRST_LOOK_MS = 5000;
const LOOK_MS = 60_000;
/** Ticks are too coarse for a shorter run. */
const MIN_RUN_SECONDS = 1;

/** What is watched on the host while a training runs. */
export interface HostWatch extends OurTags {
  /** Where the results go. */
  readonly directory: string;
  readonly firstLookMs?: number | undefined;
  readonly lookMs?: number | undefined;
  readonly procRoot?: string | undefined;
}

/** A watch that goes on. */
export interface HostWatching {
  /** Tells it the training's processes, once there are any. */
  readonly follow: (identity: TreeIdentity) => void;
  readonly stop: () => void;
  /** What was seen; given the CPU seconds of the whole training. */
  readonly flags: (trainingCpuSeconds: number | undefined) => Promise<readonly Flag[]>;
}

/** Host and our own processes at one moment. */
interface Moment {
  readonly atMs: number;
  readonly host: ReturnType<typeof hostTicks>;
  /** CPU ticks of our processes that live: the training's, and others with our tag. */
  readonly training: number;
  readonly others: number;
}

/** Watches the load of others and the room on the disk from now on: after five seconds, then once a minute, and at the end. */
export function watchHost(watch: HostWatch): HostWatching {
  const { directory, firstLookMs = FIRST_LOOK_MS, lookMs = LOOK_MS, procRoot } = watch;
  let identity: TreeIdentity | undefined;
  const moment = (trainingTicks?: number): Moment => {
    const tree = identity ? processTree(identity) : [];
    const ours = ourProcesses(watch).filter((pid) => pid !== process.pid && !tree.includes(pid));
    return {
      atMs: performance.now(),
      host: hostTicks(procRoot),
      training: trainingTicks ?? ticksOf(tree),
      others: ticksOf([process.pid, ...ours]),
    };
  };
  const moments = [moment(0)];
  let leastFree = Number.POSITIVE_INFINITY;
  let looking: Promise<void> = Promise.resolve();
  const lookAtDisk = async (): Promise<void> => {
    // A directory that is gone has other consequences than a flag
    leastFree = Math.min(leastFree, await freeBytes(directory).catch(() => Number.POSITIVE_INFINITY));
  };
  const schedule = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      moments.push(moment());
      looking = lookAtDisk();
      timer = schedule(lookMs);
    }, ms);
  let timer = schedule(firstLookMs);
  return {
    follow: (tree) => {
      identity = tree;
    },
    stop: () => clearTimeout(timer),
    async flags(trainingCpuSeconds) {
      clearTimeout(timer);
      await looking;
      const free = diskFlag(leastFree, "during the run");
      const load =
        trainingCpuSeconds === undefined ? [] : loadFlags([...moments, moment(trainingCpuSeconds * TICKS_PER_SECOND)]);
      return [...load, ...(free ? [free] : [])];
    },
  };
}

/** Whether others kept the CPUs busy on average, or for a good part of the time. */
function loadFlags(moments: readonly Moment[]): readonly Flag[] {
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last?.host) return [];
  const seconds = (last.atMs - first.atMs) / 1000;
  const busyCores = othersBetween(first, last);
  if (busyCores === undefined || seconds < MIN_RUN_SECONDS) return [];
  const { cores } = last.host;
  const busyMs = moments.slice(1).map((now, index) => {
    const before = moments[index] ?? now;
    return isBusy(othersBetween(before, now) ?? 0, cores) ? now.atMs - before.atMs : 0;
  });
  const fractionOfTime = busyMs.reduce((sum, ms) => sum + ms, 0) / (seconds * 1000);
  if (!isBusy(busyCores, cores) && fractionOfTime < BUSY_TIME_SHARE) return [];
  const when = `during the run, on average; at ${(100 * fractionOfTime).toFixed(0)} % of the time it was a load`;
  return [busyFlag({ busyCores, cores, busiest: [] }, when, { fractionOfTime, seconds })];
}

function othersBetween(before: Moment, after: Moment): number | undefined {
  // A process that ended takes its time with it, unless its parent has waited for it
  const training = Math.max(0, after.training - before.training);
  const others = Math.max(0, after.others - before.others);
  return coresBetween(before.host, after.host, training + others);
}

/** CPU ticks of processes and of the children that they waited for. */
function ticksOf(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const stat = readStat(pid); // it may have ended meanwhile
    // Ours has waited for trainings: their time is counted by themselves
    const end = pid === process.pid ? 13 : 15;
    for (const field of stat === undefined ? [] : statFields(stat).slice(11, end)) ticks += Number(field);
  }
  return ticks;
}
