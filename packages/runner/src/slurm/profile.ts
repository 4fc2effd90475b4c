import { resolve } from "node:path";
import { z } from "zod";
import { configProblems } from "../config-problems.ts";
import { configError } from "../errors.ts";
import { readJsonFile } from "../read-json-file.ts";

const word = z.string().regex(/^\S+$/, "expected a word without spaces");

/** A profile file: what a cluster wants to be told with each job. */
export const SlurmProfile = z.strictObject({
  $schema: z.string().optional(),
  partition: word.optional(),
  account: word.optional(),
  qos: word.optional(),
  /** As sbatch reads it: minutes, `HH:MM:SS`, `D-HH`. Of a task, with all its rows. */
  time: word.optional(),
  /** Such as `gpu:1`. */
  gres: word.optional(),
  constraint: z.string().min(1).optional(),
  nodelist: word.optional(),
  exclude: word.optional(),
  cpus_per_task: z.int().positive().optional(),
  /** Such as `16G`. */
  memory: word.optional(),
  /** Whether a task has its node to itself; else the energies of the host are flagged as shared. */
  exclusive: z.boolean().default(true),
  /** So many tasks run at the same time. */
  parallel: z.int().positive().optional(),
  /** Rows that a task executes one after another, with the rests between them. */
  rows_per_task: z.int().positive().default(1),
  /** Tasks in the queue at the same time; without it, as many as Slurm says or takes. */
  max_submit: z.int().positive().optional(),
  /** Seconds before the end of its time that a task is told, so that its training ends cleanly. */
  signal_seconds: z.int().min(10).max(65_535).default(120),
  /** Other arguments of sbatch. */
  extra: z.array(z.string().min(1)).default([]),
  /** Lines of shell before ea starts, such as `module load nodejs`. */
  setup: z.array(z.string()).default([]),
  /** How ea is started on the node, when not as here: `["node", "/shared/ea/dist/bin.js"]`. */
  ea: z.array(z.string().min(1)).min(1).optional(),
  /** Seconds that a command of Slurm may take to answer. */
  answer_seconds: z.number().positive().default(60),
});
/** What a cluster wants to be told with each job. */
export type SlurmProfile = z.output<typeof SlurmProfile>;

/** The profile of a cluster that wants nothing. */
export const DEFAULT_PROFILE: SlurmProfile = SlurmProfile.parse({});

/**
 * Reads and validates a profile file.
 *
 * @param path relative to `directory`, or absolute.
 * @throws {RunnerError} `CONFIG` with one problem for each thing that is wrong.
 */
export async function loadSlurmProfile(path: string, directory: string): Promise<SlurmProfile> {
  const value = await readJsonFile(resolve(directory, path), path);
  const result = SlurmProfile.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw configError(configProblems(path, result.error.issues, { validKeys: () => Object.keys(SlurmProfile.shape) }));
}
