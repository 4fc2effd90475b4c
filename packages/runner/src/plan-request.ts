import { RecordsError } from "@ea/records";
import { z } from "zod";
import { ExperimentFile } from "./experiment-file.ts";
import { ExperimentItem } from "./experiment-item.ts";
import type { ExperimentsRequest } from "./resolve-session.ts";
import { resolveSettings, type Settings, type SettingsOverrides } from "./settings.ts";

const SettingsJson = ExperimentFile.omit({ $schema: true, experiment_name: true, experiments: true, mode: true });

/** `request` of a `plan.json`: what a session was asked for, with its settings in the words of an experiment file. */
export const StoredRequest = z.object({
  project: z.string(),
  config_file: z.string(),
  experiment_file: z.string().nullable(),
  experiment: ExperimentItem.nullable(),
  /** The caller's number of runs; `null` when each experiment has its own. */
  runs: z.int().positive().nullable(),
  settings: SettingsJson,
  /** `EA_…` variables of the caller that were read, by name. */
  variables: z.record(z.string(), z.string()).optional(),
});
/** What a session was asked for. */
export type StoredRequest = z.infer<typeof StoredRequest>;

/** The request as it stands in the plan; the seed is there even if it was drawn. */
export function storedRequest(request: ExperimentsRequest, settings: Settings, seed: string): StoredRequest {
  return {
    project: request.project,
    config_file: request.configFile,
    experiment_file: request.experimentFile ?? null,
    experiment: request.experiment ?? null,
    runs: request.runs ?? null,
    ...(request.variables && { variables: { ...request.variables } }),
    settings: {
      repetitions: settings.repetitions,
      seed,
      strategy: settings.strategy,
      objectives: Object.fromEntries(settings.objectives.map(({ name, direction }) => [name, direction])),
      history: [...settings.history],
      ...(settings.historicalTables.length > 0 && {
        use_deduplication: true,
        historical_csvs: [...settings.historicalTables],
      }),
      order: settings.order,
      baseline: settings.baseline,
      warm_up: settings.warmUp,
      max_retries: settings.maxRetries,
      retry_timeouts: settings.retryTimeouts,
      timeout_seconds: settings.timeoutSeconds,
      stall_seconds: settings.stallSeconds,
      sleep: settings.sleep,
      cool_down: settings.coolDown,
      retry_sleep_seconds: settings.retrySleepSeconds,
      run_sleep_seconds: settings.runSleepSeconds,
      config_sleep_seconds: settings.configSleepSeconds,
      gate: settings.gate,
      ...(settings.governor !== undefined && { governor: settings.governor }),
      require: [...settings.require],
      strict: settings.strict,
      keep_failed: settings.keepFailed,
      fail_fast: settings.failFast,
      max_fast_failures: settings.maxFastFailures,
      ...(settings.maxJoules !== undefined && { max_joules: settings.maxJoules }),
      ...(settings.maxHours !== undefined && { max_hours: settings.maxHours }),
    },
  };
}

/**
 * The request of a plan that was read.
 *
 * @throws {RecordsError} `BAD_PLAN` when there is none, or not one of ours.
 */
export function readStoredRequest(request: unknown, directory: string): StoredRequest {
  if (request === undefined) {
    throw new RecordsError("BAD_PLAN", `${directory}/plan.json: an ea planned it that kept too little to go on`);
  }
  const result = StoredRequest.safeParse(request);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = ["request", ...(issue?.path ?? [])].join(".");
  const message = `${directory}/plan.json: ${where}: ${issue?.message ?? "unknown content"}`;
  throw new RecordsError("BAD_PLAN", message, { cause: result.error });
}

/** The settings of a session that goes on: those that it was planned with, and the caller's new ones. */
export function storedSettings({ settings, runs }: StoredRequest, overrides: SettingsOverrides): Settings {
  return resolveSettings({ ...overrides, runs: overrides.runs ?? runs ?? undefined }, settings);
}
