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
});
/** `imported` of a record. */
export type ImportedJson = z.infer<typeof ImportedJson>;
