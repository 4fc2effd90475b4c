import { setTimeout as sleep } from "node:timers/promises";
import { processTree, type TreeIdentity } from "./process-tree.ts";

const POLL_MS = 50;
/** A process that SIGKILL does not end within this time hangs in the kernel. */
const KILL_TIMEOUT_MS = 5000;

/** What became of a tree of processes. */
export interface EndedTree {
  /** Processes that were alive and had to be ended. */
  readonly ended: number;
  /** Processes that even SIGKILL did not end. */
  readonly survivors: readonly number[];
}

/** Sends a signal to processes; the only place where this project signals processes that it did not spawn. */
function signalAll(pids: readonly number[], signal: NodeJS.Signals): readonly number[] {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // It ended meanwhile, or it changed its user: what lives on is counted by the caller's next look
      if (!(error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM")))
        throw error;
    }
  }
  return pids;
}

/** Ends a tree: SIGTERM, a grace period that `hurry` cuts short, then SIGKILL until nothing is left. */
export async function endTree(identity: TreeIdentity, graceSeconds: number, hurry?: AbortSignal): Promise<EndedTree> {
  const { cgroup } = identity;
  const look = (): readonly number[] => processTree(identity);
  return endProcesses(look, { graceSeconds, hurry, onKill: () => cgroup?.kill() });
}

/** Ends all processes that a look finds, as a tree is ended. */
export async function endProcesses(
  look: () => readonly number[],
  options: {
    readonly graceSeconds: number;
    readonly hurry?: AbortSignal | undefined;
    /** Called before each round of SIGKILL. */
    readonly onKill?: (() => void) | undefined;
  },
): Promise<EndedTree> {
  const { graceSeconds, hurry, onKill } = options;
  const ended = signalAll(look(), "SIGTERM").length;
  if (ended === 0) return { ended, survivors: [] };
  const kill = (): readonly number[] => {
    onKill?.();
    return signalAll(look(), "SIGKILL");
  };
  const graceEndMs = performance.now() + graceSeconds * 1000;
  while (performance.now() < graceEndMs && !hurry?.aborted) {
    if (look().length === 0) return { ended, survivors: [] };
    await sleep(POLL_MS);
  }
  const killEndMs = performance.now() + KILL_TIMEOUT_MS;
  let survivors = kill();
  while (survivors.length > 0 && performance.now() < killEndMs) {
    await sleep(POLL_MS);
    survivors = kill();
  }
  return { ended, survivors };
}
