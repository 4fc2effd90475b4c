import { indicesText } from "./array-indices.ts";
import type { SlurmProfile } from "./profile.ts";

/** A job that is to be submitted. */
export interface BatchJob {
  /** Unique: it is found again by it when the answer of sbatch was lost. */
  readonly name: string;
  readonly script: string;
  /** Where its output goes; `%A` and `%a` are the array and the index. */
  readonly log: string;
  /** Indices of an array; without it one job. */
  readonly indices?: readonly number[] | undefined;
  /** Array that has to be over first. */
  readonly after?: string | undefined;
}

/** The arguments of sbatch; those of the profile come last but the script, and win. */
export function sbatchArguments(job: BatchJob, profile: SlurmProfile): readonly string[] {
  const { indices } = job;
  const limit = profile.parallel === undefined ? "" : `%${profile.parallel}`;
  const valued = {
    "job-name": job.name,
    array: indices && `${indicesText(indices)}${limit}`,
    dependency: job.after === undefined ? undefined : `afterany:${job.after}`,
    output: job.log,
    "open-mode": "append",
    signal: `B:USR2@${profile.signal_seconds}`,
    partition: profile.partition,
    account: profile.account,
    qos: profile.qos,
    time: profile.time,
    gres: profile.gres,
    constraint: profile.constraint,
    nodelist: profile.nodelist,
    exclude: profile.exclude,
    "cpus-per-task": profile.cpus_per_task,
    mem: profile.memory,
  };
  const named = Object.entries(valued).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  const exclusive = profile.exclusive ? ["--exclusive"] : [];
  return ["--parsable", "--requeue", "--nodes=1", ...exclusive, ...named, ...profile.extra, job.script];
}

/** The id in what `sbatch --parsable` prints: `123` or `123;cluster`; `undefined` when there is none. */
export function submittedJob(
  stdout: string,
): { readonly job: string; readonly cluster: string | undefined } | undefined {
  // A site's own words may come before it
  const [, job, cluster] = /^(\d+)(?:;(\S+))?$/m.exec(stdout.trim().split("\n").at(-1)?.trim() ?? "") ?? [];
  return job === undefined ? undefined : { job, cluster };
}
