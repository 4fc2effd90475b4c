import { RunnerError } from "../errors.ts";
import { ACCOUNTING_FORMAT, type AccountedTask, parseAccounting } from "./accounting-text.ts";
import { callSlurm, isUnknownJob, noAnswer, type SlurmCalls } from "./call-slurm.ts";
import { parseQueue, QUEUE_FORMAT, type QueuedTask } from "./queue-text.ts";
import type { TaskPhase } from "./task-state.ts";

/** One task of an array, as far as Slurm tells; what it has forgotten has ended. */
export interface SlurmTask {
  readonly index: number;
  /** Slurm's word; `undefined` for a task that it has forgotten. */
  readonly state: string | undefined;
  readonly phase: TaskPhase;
  /** Why it waits; `undefined` otherwise. */
  readonly reason: string | undefined;
  readonly node: string | undefined;
  /** What the accounting says; `undefined` without one. */
  readonly accounted: AccountedTask | undefined;
}

/**
 * How the tasks of an array are: one call of squeue, and one of sacct where there is accounting.
 *
 * @throws {RunnerError} `NOT_FIT` when Slurm does not answer.
 */
export async function tasksOfArray(
  job: string,
  indices: readonly number[],
  calls: SlurmCalls,
): Promise<readonly SlurmTask[]> {
  const queued = byIndex(await queueOf(job, calls));
  const accounted = byIndex(await accountingOf(job, calls));
  return indices.map((index) => {
    const now = queued.get(index);
    const told = accounted.get(index);
    // The queue is newer than the accounting, which may lag behind
    const known = now ?? told;
    return {
      index,
      state: known?.state,
      // Of a task that the queue does not have, what the accounting says of its running is old
      phase: now?.phase ?? "ended",
      reason: now?.phase === "waiting" ? now.reason : undefined,
      node: known?.node === "" || known?.node === "None assigned" ? undefined : known?.node,
      accounted: told,
    };
  });
}

async function queueOf(job: string, calls: SlurmCalls): Promise<readonly QueuedTask[]> {
  const answer = await callSlurm("squeue", ["-h", "-r", "-t", "all", "-j", job, "-o", QUEUE_FORMAT], calls);
  if (answer.exitCode === 0) return parseQueue(answer.stdout);
  if (isUnknownJob(answer)) return [];
  throw noAnswer("squeue", answer);
}

/** Nothing where there is no accounting: everything else works without. */
async function accountingOf(job: string, calls: SlurmCalls): Promise<readonly AccountedTask[]> {
  const args = ["-j", job, "-n", "-P", "-o", ACCOUNTING_FORMAT];
  const answer = await callSlurm("sacct", args, calls).catch((error: unknown) => {
    if (error instanceof RunnerError) return undefined; // no sacct here
    throw error;
  });
  return answer?.exitCode === 0 ? parseAccounting(answer.stdout) : [];
}

function byIndex<Task extends { readonly index: number | undefined }>(
  tasks: readonly Task[],
): ReadonlyMap<number | undefined, Task> {
  return new Map(tasks.map((task) => [task.index, task]));
}
