import { fstatSync } from "node:fs";
import { readStat, statFields, TICKS_PER_SECOND } from "./proc-stat.ts";
import { processTree, type TreeIdentity } from "./process-tree.ts";

/** A tree that uses less than this share of one core computes nothing: threads that wait still wake up now and then. */
const IDLE_CPU_SHARE = 0.001;
/** Each look reads all of `/proc`. */
const MAX_POLL_MS = 10_000;

/** What shows that a command still works. */
export interface StallWatch {
  /** Seconds without output and CPU time after which it is stalled. */
  readonly stallSeconds: number;
  /** Open descriptor of the file that it writes to. */
  readonly outputFd: number;
  readonly identity: TreeIdentity;
  readonly onStall: () => void;
}

/**
 * Watches a tree of processes that neither writes nor computes: a deadlock, a lost peer, a stopped process. Returns what
 * ends the watch.
 */
export function watchForStall({ stallSeconds, outputFd, identity, onStall }: StallWatch): () => void {
  const look = (): { atMs: number; bytes: number; cpuSeconds: number } => ({
    atMs: performance.now(),
    bytes: fstatSync(outputFd).size,
    cpuSeconds: treeCpuSeconds(identity),
  });
  let seen: ReturnType<typeof look> | undefined;
  const timer = setInterval(
    () => {
      const now = look();
      seen ??= now;
      const idleSeconds = (now.atMs - seen.atMs) / 1000;
      // A process that ended takes its CPU time with it: less of it is work too
      const worked = Math.abs(now.cpuSeconds - seen.cpuSeconds);
      if (now.bytes !== seen.bytes || worked > IDLE_CPU_SHARE * idleSeconds) seen = now;
      else if (idleSeconds >= stallSeconds) onStall();
    },
    Math.min(MAX_POLL_MS, (stallSeconds * 1000) / 4),
  );
  return () => clearInterval(timer);
}

/** CPU seconds of the live processes of a tree and of those that they waited for. */
export function treeCpuSeconds(identity: TreeIdentity): number {
  let ticks = 0;
  for (const pid of processTree(identity)) {
    const stat = readStat(pid); // it may have ended meanwhile
    for (const field of stat === undefined ? [] : statFields(stat).slice(11, 15)) ticks += Number(field);
  }
  return ticks / TICKS_PER_SECOND;
}
