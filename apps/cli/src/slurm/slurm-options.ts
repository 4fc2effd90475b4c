import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, text, yes } from "../flag-kinds.ts";

const common = {
  results: { ...text("directory of all sessions"), default: "results" },
  profile: text("JSON file with what the cluster wants to be told: partition, account, time, gres …"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

const wait = text("seconds that the job which looks at a node may take, its wait in the queue included (600)");

/** Flags of `ea slurm submit`. */
export const submitOptions = {
  ...common,
  parallel: text("so many tasks at the same time"),
  "rows-per-task": text("rows that a task executes one after another (1)"),
  "retry-timeouts": yes("also rows whose last job's time was over"),
  doctor: { type: "boolean", describe: "--no-doctor: no job that looks at a node first" },
  wait,
} as const satisfies Record<string, Options>;

/** Flags of `ea slurm doctor`. */
export const nodeDoctorOptions = { ...common, wait } as const satisfies Record<string, Options>;

/** Flags of `ea slurm status` and `ea slurm cancel`. */
export const queueOptions = common;

/** Flags of `ea slurm collect`. */
export const collectOptions = {
  ...common,
  report: text("HTML file to write as well, as ea report does"),
} as const satisfies Record<string, Options>;

/** The flags of `ea slurm`, whatever comes next. */
export const slurmOptions = { ...submitOptions, ...nodeDoctorOptions, ...queueOptions, ...collectOptions };

interface Operand {
  readonly session?: string | undefined;
}

/** The flags of `ea slurm submit`, as yargs delivers them. */
export type SubmitFlags = InferredOptionTypes<typeof submitOptions> & Operand;

/** The flags of `ea slurm doctor`, as yargs delivers them. */
export type NodeDoctorFlags = InferredOptionTypes<typeof nodeDoctorOptions> & Operand;

/** The flags of `ea slurm status` and `ea slurm cancel`, as yargs delivers them. */
export type QueueFlags = InferredOptionTypes<typeof queueOptions> & Operand;

/** The flags of `ea slurm collect`, as yargs delivers them. */
export type CollectFlags = InferredOptionTypes<typeof collectOptions> & Operand;
