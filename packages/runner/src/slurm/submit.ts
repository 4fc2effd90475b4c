import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { isoWithOffset, type PlanJson, readPlanJson, writeFileAtomically } from "@ea/records";
import { RunnerError } from "../errors.ts";
import { thisProcess } from "../process-identity.ts";
import { indicesText } from "./array-indices.ts";
import { type ArrayJob, arrayJobs, tasksOf } from "./array-jobs.ts";
import { batchScript } from "./batch-script.ts";
import { callSlurm, type SlurmAnswer, type SlurmCalls } from "./call-slurm.ts";
import { jobNamed, settledSubmissions } from "./find-submission.ts";
import { slurmLimits } from "./limits.ts";
import type { SlurmProfile } from "./profile.ts";
import { rowStates } from "./row-states.ts";
import { sbatchArguments, submittedJob } from "./sbatch-arguments.ts";
import { indicesOf, rowsOfTask, type Submission, slurmDirectory, writeAnswer, writeIntent } from "./submissions.ts";
import { tasksOfArray } from "./tasks.ts";

/** What submitting needs besides a session. */
export interface SubmitContext {
  readonly profile: SlurmProfile;
  readonly calls: SlurmCalls;
  /** Working directory of `ea` on the nodes. */
  readonly workingDirectory: string;
  /** How `ea` is started on the nodes. */
  readonly ea: readonly string[];
  /** Whether rows run again whose last job's time was over. */
  readonly retryTimeouts: boolean;
  readonly now: () => Date;
}

/** An array that Slurm has. */
interface SubmittedArray {
  readonly job: string;
  readonly name: string;
  readonly tasks: number;
  /** Such as `0-3,7`. */
  readonly indices: string;
}

/** What became of the rows of a session. */
export interface SubmitResult {
  readonly session: string;
  readonly directory: string;
  readonly planned: number;
  /** Rows that have their record. */
  readonly ended: number;
  /** Rows without a record that wait or run in arrays of before. */
  readonly active: number;
  /** Rows that are left out, as their last job's time was over. */
  readonly outOfTime: readonly number[];
  /** Rows that there was no room for in the queue. */
  readonly leftOut: number;
  readonly arrays: readonly SubmittedArray[];
}

/**
 * Submits the rows of a session that have neither ended nor are in Slurm's hands, as array jobs.
 *
 * @param rows only these.
 * @throws {RunnerError} `NOT_FIT` when Slurm is not there or does not answer, `REFUSED` when it takes no job; what it has
 * taken before that is written down.
 */
export async function submit(
  directory: string,
  context: SubmitContext,
  rows?: readonly number[],
): Promise<SubmitResult> {
  const { profile, calls } = context;
  const plan = await readPlanJson(directory);
  const submissions = await settledSubmissions(directory, calls);
  const { active, tasks: queued } = await activeRows(submissions, plan.planned, calls);
  const { ended, outOfTime } = await rowStates(directory);
  const wanted = rows ?? Array.from({ length: plan.planned }, (_, row) => row);
  const late = context.retryTimeouts ? new Set<number>() : outOfTime;
  const left = wanted.filter((row) => !ended.has(row) && !active.has(row) && !late.has(row));

  const tasks = tasksOf(left, profile.rows_per_task);
  const { maxArraySize, maxSubmit } = await slurmLimits(profile, calls);
  const room = maxSubmit === undefined ? tasks.length : Math.max(0, maxSubmit - queued);
  const arrays: SubmittedArray[] = [];
  for (const array of arrayJobs(tasks, { maxArraySize, room })) {
    // Each has its own limit of tasks at once: together they would be more
    const after = profile.parallel === undefined ? undefined : arrays.at(-1)?.job;
    const submitted = await submitArray(array, { directory, plan, context, after, isFirst: arrays.length === 0 });
    if (!submitted) break;
    arrays.push(submitted);
  }
  const taken = arrays.reduce((sum, array) => sum + array.tasks, 0);
  const leftTasks = new Set(tasks.slice(taken));
  return {
    session: plan.session,
    directory,
    planned: plan.planned,
    ended: ended.size,
    active: [...active].filter((row) => !ended.has(row)).length,
    outOfTime: [...late].filter((row) => !active.has(row)).toSorted((a, b) => a - b),
    leftOut: left.filter((row) => leftTasks.has(Math.floor(row / profile.rows_per_task))).length,
    arrays,
  };
}

/** Rows in the hands of Slurm, and how many tasks it has. */
async function activeRows(
  submissions: readonly Submission[],
  planned: number,
  calls: SlurmCalls,
): Promise<{ readonly active: ReadonlySet<number>; readonly tasks: number }> {
  const active = new Set<number>();
  let tasks = 0;
  for (const submission of submissions) {
    const job = submission.answer?.job;
    if (job === undefined || job === null) continue;
    for (const { index, phase } of await tasksOfArray(job, indicesOf(submission), calls)) {
      if (phase === "ended") continue;
      tasks += 1;
      for (const row of rowsOfTask(submission, index, planned)) active.add(row);
    }
  }
  return { active, tasks };
}

interface ArrayContext {
  readonly directory: string;
  readonly plan: PlanJson;
  readonly context: SubmitContext;
  readonly after: string | undefined;
  readonly isFirst: boolean;
}

/** `undefined` when the queue is full, after arrays that it has taken. */
async function submitArray(
  { offset, indices }: ArrayJob,
  { directory, plan, context, after, isFirst }: ArrayContext,
): Promise<SubmittedArray | undefined> {
  const { profile, calls, now } = context;
  const slurm = slurmDirectory(directory);
  const id = randomUUID().slice(0, 8);
  const { number, intent } = await writeIntent(directory, (next) => {
    const name = `ea-${plan.session}-${next}-${id}`;
    const job = { name, script: join(slurm, `${next}.sh`), log: join(slurm, "logs", "%A_%a.log"), indices, after };
    return {
      schema_version: 1,
      name,
      submitted_at: isoWithOffset(now()),
      writer: thisProcess(),
      offset,
      rows_per_task: profile.rows_per_task,
      indices: indicesText(indices),
      arguments: [...sbatchArguments(job, profile)],
    };
  });
  const script = batchScript({
    session: plan.session,
    directory,
    workingDirectory: context.workingDirectory,
    ea: context.ea,
    setup: profile.setup,
    offset,
    rowsPerTask: profile.rows_per_task,
    planned: plan.planned,
    flags: profile.exclusive ? ["--quiet"] : ["--quiet", "--shared-host"],
  });
  await writeFileAtomically(join(slurm, `${number}.sh`), script);
  const answer = await callSlurm("sbatch", intent.arguments, calls);
  const found = submittedJob(answer.stdout);
  if (answer.exitCode === 0 && found) {
    await writeAnswer(directory, number, { job: found.job, cluster: found.cluster ?? null, reason: null });
    return { job: found.job, name: intent.name, tasks: indices.length, indices: intent.indices };
  }
  // An answer may be lost after the job was taken
  const job = await jobNamed(intent.name, calls);
  if (job !== undefined) {
    await writeAnswer(directory, number, { job, cluster: null, reason: "found by its name" });
    return { job, name: intent.name, tasks: indices.length, indices: intent.indices };
  }
  // Without any answer it may still come to be taken: whoever looks next finds it by its name
  if (answer.exitCode === undefined) throw lost(intent.name, calls);
  await writeAnswer(directory, number, { job: null, cluster: null, reason: reasonOf(answer) });
  if (!isFirst && isFull(answer)) return undefined;
  throw new RunnerError(
    "REFUSED",
    `sbatch refused the job: ${reasonOf(answer)}\n  sbatch ${intent.arguments.join(" ")}`,
  );
}

function reasonOf({ stdout, stderr, exitCode }: SlurmAnswer): string {
  const text = stderr.replaceAll(/^sbatch: (?:error: )?/gm, "").trim() || stdout.trim();
  return (text || `exit code ${exitCode}`).slice(0, 500);
}

/** Whether it is only too much at this time. */
function isFull(answer: SlurmAnswer): boolean {
  return /SubmitLimit|MaxSubmitJob|job submit limit|MaxJobCount|Slurm temporarily unable/i.test(answer.stderr);
}

function lost(name: string, { answerMs }: SlurmCalls): RunnerError {
  const message = `sbatch has not answered in ${answerMs / 1000} s, and Slurm shows no job ${name} yet; it may still take it. Submit again later: what it has taken is found by its name, and no row runs twice`;
  return new RunnerError("NOT_FIT", message);
}
