import { z } from "zod";
import { EnergyMetricsJson } from "./attempt.ts";
import { ParameterValue } from "./parameter-value.ts";

const text = z.string().nullable();
const number = z.number().nullable();

/** What somebody else's file says about a run, as it stands there; `null` is what it does not say. */
export const PublishedJson = z.looseObject({
  /** Relative to the directory that was imported. */
  file: z.string(),
  /** 1-based line of a table; `null` for a file about one run. */
  line: z.int().positive().nullable(),
  experiment_id: text,
  /** As written. */
  timestamp: text,
  duration_seconds: number,
  retries: z.int().nonnegative().nullable(),
  training_success: z.boolean().nullable(),
  error_message: text,
  hyperparameters: z.record(z.string(), ParameterValue),
  energy_metrics: EnergyMetricsJson,
  performance_metrics: z.record(z.string(), z.number()),
});
/** What somebody else's file says about a run. */
export type PublishedJson = z.infer<typeof PublishedJson>;

/** `imported` of a record: where a run that `ea` did not make comes from. Fields beside these are kept. */
export const ImportedJson = z.looseObject({
  format: z.literal("green-deep-learning"),
  /** Directory of the run, or its table, relative to what was imported. */
  source: z.string(),
  /** The run's own record first, where it has one; then every row of a table that means this run. */
  published: z.array(PublishedJson),
  /** Parameters that the training's log tells, whether they were asked for or not. */
  echoed: z.record(z.string(), z.looseObject({ value: ParameterValue, line: z.int().positive(), text: z.string() })),
  /** Where each field of the record comes from, by its path: `energy.gpu`, `hyperparameters.epochs`. */
  provenance: z.record(z.string(), z.string()),
  /** The original's GPU energy again: all powers of the trace added up as if each stood for one second. */
  original_sum_joules: number,
  /** What was found here against what was published, in the order of `published`: only where both are numbers. */
  differences: z.array(
    z.looseObject({
      /** Position in `published`. */
      published: z.int().nonnegative(),
      /** Path of the field, such as `energy_metrics.gpu_energy_total_joules`. */
      field: z.string(),
      published_value: z.number(),
      value: z.number(),
      /** value / published − 1; `null` where 0 was published. */
      relative: number,
    }),
  ),
  /** What each raw file was read for and how much of it; why one was not read. */
  files: z.record(z.string(), z.record(z.string(), z.unknown())),
});
/** `imported` of a record. */
export type ImportedJson = z.infer<typeof ImportedJson>;
