import { QuantityJson, quantityToJson } from "@ea/energy";
import { z } from "zod";
import {
  type Attempt,
  AttemptJson,
  attemptToJson,
  EnergyMetricsJson,
  energyMetricsToJson,
  FailureClass,
} from "./attempt.ts";
import { type Environment, EnvironmentJson, environmentToJson } from "./environment.ts";
import { Flag } from "./flag.ts";
import { ParameterValue, type PlanRow, SCHEMA_VERSION } from "./plan.ts";

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
  mode: z.enum(["mutation", "default"]),
  mutated: z.array(z.string()),
  repetition: z.int().nonnegative(),
  attempts: z.array(AttemptJson),
  energy: z.array(QuantityJson),
  environment: EnvironmentJson,
  flags: z.array(Flag),
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
}

/** The record of a finished row: duration, energy and metrics are the last attempt's. */
export function outcomeToJson({ row, attempts, environment, flags }: Outcome): RecordJson {
  const last = attempts.at(-1) ?? attempts[0];
  return {
    experiment_id: row.experimentId,
    timestamp: last.startedAt,
    repository: row.repository,
    model: row.model,
    hyperparameters: { ...row.hyperparameters },
    duration_seconds: last.durationSeconds,
    energy_metrics: energyMetricsToJson(last.energyMetrics),
    performance_metrics: { ...last.performanceMetrics },
    training_success: last.status === "success",
    retries: attempts.length - 1,
    error_message: last.errorMessage,
    schema_version: SCHEMA_VERSION,
    status: last.status,
    failure_class: last.failureClass ?? null,
    row: row.row,
    mode: row.mode,
    mutated: [...row.mutated],
    repetition: row.repetition,
    attempts: attempts.map(attemptToJson),
    energy: last.energy.map(quantityToJson),
    environment: environmentToJson(environment),
    flags: [...flags, ...last.flags],
  };
}
