import { readPlanJson } from "@ea/records";
import { callSlurm, noAnswer, type SlurmCalls } from "./call-slurm.ts";
import { settledSubmissions } from "./find-submission.ts";
import { rowStates } from "./row-states.ts";
import { indicesOf, rowsOfTask, type Submission } from "./submissions.ts";
import { waitsForGood } from "./task-state.ts";
import { type SlurmTask, tasksOfArray } from "./tasks.ts";

/** Tasks of an array that wait for the same reason. */
interface Waiting {
  readonly reason: string;
  readonly tasks: number;
  /** Whether it does not pass by itself. */
  readonly isForGood: boolean;
}

/** How an array is. */
export interface ArrayStanding {
  readonly name: string;
  /** `undefined` for one that Slurm has not taken. */
  readonly job: string | undefined;
  /** Why it has not, or how it was found. */
  readonly reason: string | undefined;
  readonly submittedAt: string;
  readonly tasks: number;
  readonly waiting: readonly Waiting[];
  /** Nodes of the tasks that run now, one for each. */
  readonly runningOn: readonly string[];
  readonly ended: number;
}

/** How a session stands with Slurm. */
export interface SlurmStanding {
  readonly session: string;
  readonly directory: string;
  readonly planned: number;
  /** Rows that have their record. */
  readonly ended: number;
  /** Rows without one that wait or run. */
  readonly active: number;
  /** Rows without one whose job's time was over, and that are in nobody's hands. */
  readonly outOfTime: readonly number[];
  /** Rows that have neither. */
  readonly missing: readonly number[];
  readonly arrays: readonly ArrayStanding[];
}

/** A task of a session, and its rows. */
export interface SessionTask extends SlurmTask {
  readonly job: string;
  readonly rows: readonly number[];
}

/**
 * How a session stands with Slurm: a call of squeue for each array, and one of sacct where there is accounting.
 *
 * @throws {RunnerError} `NOT_FIT` when Slurm does not answer.
 */
export async function slurmStanding(directory: string, calls: SlurmCalls): Promise<SlurmStanding> {
  const { session, planned } = await readPlanJson(directory);
  const arrays: ArrayStanding[] = [];
  const active = new Set<number>();
  const { ended, outOfTime } = await rowStates(directory);
  for (const submission of await settledSubmissions(directory, calls)) {
    const tasks = await tasksOf(submission, planned, calls);
    arrays.push(standingOf(submission, tasks));
    for (const { phase, rows } of tasks) if (phase !== "ended") for (const row of rows) active.add(row);
  }
  const left = Array.from({ length: planned }, (_, row) => row).filter((row) => !ended.has(row));
  const idle = left.filter((row) => !active.has(row));
  return {
    session,
    directory,
    planned,
    ended: ended.size,
    active: left.length - idle.length,
    outOfTime: idle.filter((row) => outOfTime.has(row)),
    missing: idle.filter((row) => !outOfTime.has(row)),
    arrays,
  };
}

/** Every task that Slurm has had for a session, the latest last. */
export async function sessionTasks(directory: string, calls: SlurmCalls): Promise<readonly SessionTask[]> {
  const { planned } = await readPlanJson(directory);
  const tasks: SessionTask[] = [];
  for (const submission of await settledSubmissions(directory, calls)) {
    for (const task of await tasksOf(submission, planned, calls)) tasks.push(task);
  }
  return tasks;
}

/**
 * Cancels everything of a session that waits or runs.
 *
 * @returns the arrays that were cancelled; none when nothing was there.
 * @throws {RunnerError} `NOT_FIT` when Slurm does not answer.
 */
export async function cancelJobs(directory: string, calls: SlurmCalls): Promise<readonly string[]> {
  const { planned } = await readPlanJson(directory);
  const cancelled: string[] = [];
  for (const submission of await settledSubmissions(directory, calls)) {
    const tasks = await tasksOf(submission, planned, calls);
    const [first] = tasks;
    if (!first || tasks.every(({ phase }) => phase === "ended")) continue;
    const answer = await callSlurm("scancel", [first.job], calls);
    if (answer.exitCode !== 0) throw noAnswer("scancel", answer);
    cancelled.push(first.job);
  }
  return cancelled;
}

async function tasksOf(submission: Submission, planned: number, calls: SlurmCalls): Promise<readonly SessionTask[]> {
  const job = submission.answer?.job;
  if (job === undefined || job === null) return [];
  const tasks = await tasksOfArray(job, indicesOf(submission), calls);
  return tasks.map((task) => ({ ...task, job, rows: rowsOfTask(submission, task.index, planned) }));
}

function standingOf(submission: Submission, tasks: readonly SessionTask[]): ArrayStanding {
  const { intent, answer } = submission;
  const waiting = new Map<string, number>();
  for (const { reason } of tasks) if (reason !== undefined) waiting.set(reason, (waiting.get(reason) ?? 0) + 1);
  return {
    name: intent.name,
    job: answer?.job ?? undefined,
    reason: answer ? (answer.reason ?? undefined) : "nobody knows yet whether Slurm has it",
    submittedAt: intent.submitted_at,
    tasks: indicesOf(submission).length,
    waiting: [...waiting].map(([reason, count]) => ({ reason, tasks: count, isForGood: waitsForGood(reason) })),
    runningOn: tasks.flatMap(({ phase, node }) => (phase === "running" ? [node ?? "?"] : [])),
    ended: tasks.filter(({ phase }) => phase === "ended").length,
  };
}
