import { QuantityJson } from "@ea/energy";
import { z } from "zod";
import { type Attempt, AttemptJson, attemptToJson, EnergyMetricsJson, FailureClass } from "./attempt.ts";
import { BackgroundJson } from "./background.ts";
import { type Environment, EnvironmentJson, environmentToJson } from "./environment.ts";
import { RecordsError } from "./errors.ts";
import { Flag } from "./flag.ts";
import { ImportedJson } from "./imported.ts";
import { ParameterValue } from "./parameter-value.ts";
import { MODES, type PlanRow } from "./plan.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

/** `experiment.json`: every field of the original's record, and what it lacked. Fields beside these are kept. */
export const RecordJson = z.looseObject({
  experiment_id: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  repository: z.string(),
  model: z.string(),
  hyperparameters: z.record(z.string(), ParameterValue),
  duration_seconds: z.number().nonnegative(),
  energy_metrics: EnergyMetricsJson,
  performance_metrics: z.record(z.string(), z.number()),
  training_success: z.boolean(),
  retries: z.int().nonnegative(),
  error_message: z.string(),
  schema_version: z.literal(SCHEMA_VERSION),
  status: z.enum(["success", "failed", "suspect"]),
  failure_class: FailureClass.nullable(),
  row: z.int().nonnegative(),
  mode: z.enum(MODES),
  mutated: z.array(z.string()),
  repetition: z.int().nonnegative(),
  attempts: z.array(AttemptJson),
  energy: z.array(QuantityJson),
  environment: EnvironmentJson,
  flags: z.array(Flag),
  /** What ran beside it all the time; only in mode `parallel`. */
  background: BackgroundJson.optional(),
  /** Where it comes from; only of a run that `ea` did not make. */
  imported: ImportedJson.optional(),
});
/** The content of an `experiment.json`. */
export type RecordJson = z.infer<typeof RecordJson>;

/** What the record of a finished row is made of. */
export interface Outcome {
  readonly row: PlanRow;
  /** All attempts, the last one decides; never empty. */
  readonly attempts: readonly [Attempt, ...Attempt[]];
  readonly environment: Environment;
  readonly flags: readonly Flag[];
  /** What ran beside it, in mode `parallel`. */
  readonly background?: BackgroundJson | undefined;
}

/** The record of a finished row: duration, energy and metrics are the last attempt's. */
export function outcomeToJson({ attempts: [first, ...more], ...outcome }: Outcome): RecordJson {
  return recordOfAttempts([attemptToJson(first), ...more.map(attemptToJson)], outcome);
}

/**
 * The same, of attempts as they stand on disk: some of them may have been made by a process that is gone.
 *
 * @throws {RecordsError} `BAD_RECORD` when the last attempt did not end by itself and was not seen to end.
 */
export function recordOfAttempts(
  attempts: readonly [AttemptJson, ...AttemptJson[]],
  { row, environment, flags, background }: Omit<Outcome, "attempts">,
): RecordJson {
  const last = attempts.at(-1) ?? attempts[0];
  if (last.duration_seconds === null) {
    throw new RecordsError("BAD_RECORD", `${row.experimentId}: expected a last attempt whose end was seen`);
  }
  return {
    experiment_id: row.experimentId,
    timestamp: last.started_at,
    repository: row.repository,
    model: row.model,
    hyperparameters: { ...row.hyperparameters },
    duration_seconds: last.duration_seconds,
    energy_metrics: last.energy_metrics,
    performance_metrics: last.performance_metrics,
    training_success: last.status === "success",
    retries: attempts.length - 1,
    error_message: last.error_message,
    schema_version: SCHEMA_VERSION,
    status: last.status,
    failure_class: last.failure_class,
    row: row.row,
    mode: row.mode,
    mutated: [...row.mutated],
    repetition: row.repetition,
    attempts: [...attempts],
    energy: last.energy,
    environment: environmentToJson(environment),
    flags: [...flags, ...last.flags],
    ...(background && { background }),
  };
}
