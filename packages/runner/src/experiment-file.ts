import { z } from "zod";
import { BASELINES, COOL_DOWNS, DIRECTIONS, GATES, GOVERNORS, ORDERS, REQUIREMENTS, STRATEGIES } from "./choices.ts";
import type { ConfigShape } from "./config-problems.ts";
import { ExperimentItem, isHeading, itemKeys } from "./experiment-item.ts";

const count = z.int().positive();
const seconds = z.number().nonnegative();
const metadata = z.unknown().optional();
/** What a file says about itself. */
const METADATA = [
  "description",
  "version",
  "created",
  "estimated_duration_hours",
  "estimated_experiments",
  "target_completion",
] as const;

/** An experiment file, the original's format; every key but `experiments` is also a flag of `ea run`. */
export const ExperimentFile = z.strictObject({
  $schema: z.string().optional(),
  experiment_name: z.string().optional(),
  /** Those of which only comments were written are left out when they are resolved: their places count in messages. */
  experiments: z
    .array(ExperimentItem)
    .min(1)
    .refine((items) => items.length === 0 || !items.every(isHeading), "expected an experiment besides comments"),
  mode: ExperimentItem.shape.mode,
  runs_per_config: count.optional(),
  repetitions: count.optional(),
  seed: z.union([z.string(), z.int()]).optional(),
  strategy: z.enum(STRATEGIES).optional(),
  /** What `evolve` makes small or large. */
  objectives: z.record(z.string(), z.enum(DIRECTIONS)).optional(),
  /** Directories of earlier sessions, relative to the project. */
  history: z.array(z.string()).optional(),
  /** Tables of the original, relative to the project; whether their configurations are not drawn again. */
  historical_csvs: z.array(z.string()).optional(),
  use_deduplication: z.boolean().optional(),
  order: z.enum(ORDERS).optional(),
  baseline: z.enum(BASELINES).optional(),
  warm_up: z.int().nonnegative().optional(),
  max_retries: z.int().nonnegative().optional(),
  retry_timeouts: z.boolean().optional(),
  timeout_seconds: z.number().positive().optional(),
  stall_seconds: z.number().nonnegative().optional(),
  sleep: z.boolean().optional(),
  cool_down: z.enum(COOL_DOWNS).optional(),
  retry_sleep_seconds: seconds.optional(),
  run_sleep_seconds: seconds.optional(),
  config_sleep_seconds: seconds.optional(),
  gate: z.enum(GATES).optional(),
  governor: z.enum(GOVERNORS).optional(),
  require: z.array(z.enum(REQUIREMENTS)).optional(),
  /** Whether fewer configurations than asked for are an error. */
  strict: z.boolean().optional(),
  keep_failed: z.boolean().optional(),
  fail_fast: z.boolean().optional(),
  max_fast_failures: z.int().nonnegative().optional(),
  max_joules: z.number().positive().optional(),
  max_hours: z.number().positive().optional(),
  description: metadata,
  version: metadata,
  created: metadata,
  estimated_duration_hours: metadata,
  estimated_experiments: metadata,
  target_completion: metadata,
});
/** An experiment file, the original's format. */
export type ExperimentFile = z.infer<typeof ExperimentFile>;

/** What a file says about itself; `undefined` when it says nothing. */
export function metadataOf(file: ExperimentFile | undefined): Readonly<Record<string, unknown>> | undefined {
  const entries = METADATA.flatMap((key) => (file?.[key] === undefined ? [] : [[key, file[key]] as const]));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** For messages about experiment files. */
export const experimentFileShape: ConfigShape = {
  validKeys: (path) => (path.length === 0 ? Object.keys(ExperimentFile.shape) : itemKeys(path.slice(2))),
  renamedValues: { nonparallel: "mutation" },
  renamed: { mutate_params: "mutate", num_mutations: "runs_per_config", baseline_runs: "runs_per_config" },
};
