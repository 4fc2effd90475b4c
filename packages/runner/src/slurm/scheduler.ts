import { execa } from "execa";
import type { Scheduler } from "../session-claims.ts";

/** How long a scheduler that is busy may take to answer. */
const ANSWER_MS = 30_000;

/** The Slurm job that this process is part of, by its variables; `undefined` outside of one. */
export function slurmScheduler(environment: Readonly<Record<string, string | undefined>>): Scheduler | undefined {
  const job = environment["SLURM_JOB_ID"];
  if (job === undefined || job === "") return undefined;
  return {
    claimFields: { slurm_job_id: job, slurm_restart_count: environment["SLURM_RESTART_COUNT"] ?? "0" },
    isOver: async ({ slurm_job_id: holder }) => {
      if (typeof holder !== "string" || !/^\d+$/.test(holder)) return undefined;
      // Queued again: Slurm starts a job once its earlier run is over
      return holder === job ? true : hasEnded(holder, environment);
    },
  };
}

/** Whether Slurm has nothing that still runs under this id; `undefined` when it does not say. */
async function hasEnded(
  job: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean | undefined> {
  const { failed, stdout, stderr } = await execa("squeue", ["-h", "-j", job, "-o", "%T"], {
    env: environment,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: ANSWER_MS,
  });
  if (failed) return typeof stderr === "string" && stderr.includes("Invalid job id specified") ? true : undefined;
  return stdout.trim() === "";
}
