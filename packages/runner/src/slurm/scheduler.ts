import { RunnerError } from "../errors.ts";
import type { Scheduler } from "../session-claims.ts";
import { callSlurm, isUnknownJob } from "./call-slurm.ts";

/** How long a scheduler that is busy may take to answer. */
const ANSWER_MS = 30_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** The Slurm job that this process is part of, by its variables; `undefined` outside of one. */
export function slurmScheduler(environment: Environment): Scheduler | undefined {
  const {
    SLURM_JOB_ID: job,
    SLURM_ARRAY_JOB_ID: array,
    SLURM_ARRAY_TASK_ID: index,
    SLURM_RESTART_COUNT: restarts,
  } = environment;
  if (job === undefined || job === "") return undefined;
  // The array's own id is also that of its last task
  const own = array === undefined ? job : `${array}_${index}`;
  return {
    claimFields: { slurm_job: own, slurm_restarts: restarts ?? "0" },
    isOver: async ({ slurm_job: holder }) => {
      if (typeof holder !== "string" || !/^\d+(?:_\d+)?$/.test(holder)) return undefined;
      // Queued again: Slurm starts a job once its earlier run is over
      return holder === own ? true : hasEnded(holder, environment);
    },
  };
}

/** Whether Slurm has nothing that still runs under this id; `undefined` when it does not say. */
async function hasEnded(job: string, environment: Environment): Promise<boolean | undefined> {
  const calls = { environment, answerMs: ANSWER_MS };
  const answer = await callSlurm("squeue", ["-h", "-r", "-j", job, "-o", "%T"], calls).catch((error: unknown) => {
    if (error instanceof RunnerError) return undefined; // a node without squeue
    throw error;
  });
  if (!answer) return undefined;
  if (answer.exitCode === 0) return answer.stdout.trim() === "";
  return isUnknownJob(answer) ? true : undefined;
}
