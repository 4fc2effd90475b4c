import type { Objective } from "@ea/mutator/strategies";
import type { BASELINES, COOL_DOWNS, GATES, GOVERNORS, ORDERS, REQUIREMENTS, STRATEGIES } from "./choices.ts";
import {
  CONFIG_SLEEP_SECONDS,
  DEFAULT_MAX_RETRIES,
  DEFAULT_TRAINING_TIMEOUT_SECONDS,
  MAX_FAST_FAILURES,
  RETRY_SLEEP_SECONDS,
  RUN_SLEEP_SECONDS,
  STALL_SECONDS,
} from "./defaults.ts";
import type { ExperimentFile } from "./experiment-file.ts";

/** How a session is run; every field has a key in the experiment file, and all but `historicalTables` a flag. */
export interface Settings {
  /** Distinct configurations of each experiment, or repetitions of a baseline. */
  readonly runs: number;
  /** Repetitions of each configuration, each with its own training seed. */
  readonly repetitions: number;
  readonly seed: string | number | undefined;
  readonly strategy: (typeof STRATEGIES)[number];
  /** What `evolve` makes small or large. */
  readonly objectives: readonly Objective[];
  /** Directories of earlier sessions, whose configurations are not drawn again. */
  readonly history: readonly string[];
  /** Tables of the original, whose configurations are not drawn again. */
  readonly historicalTables: readonly string[];
  readonly order: (typeof ORDERS)[number];
  /** Whether every block holds the baseline of each experiment that mutates. */
  readonly baseline: (typeof BASELINES)[number];
  /** Trainings before the first row, which do not count. */
  readonly warmUp: number;
  readonly maxRetries: number;
  /** Whether a training that ran out of time is tried again. */
  readonly retryTimeouts: boolean;
  readonly timeoutSeconds: number;
  /** Seconds without output and CPU time after which a training is ended; 0: never. */
  readonly stallSeconds: number;
  /** False switches every sleep off. */
  readonly sleep: boolean;
  /** Whether rows wait until power and temperature are back at idle, or only for a time. */
  readonly coolDown: (typeof COOL_DOWNS)[number];
  readonly retrySleepSeconds: number;
  readonly runSleepSeconds: number;
  readonly configSleepSeconds: number;
  readonly gate: (typeof GATES)[number];
  readonly governor: (typeof GOVERNORS)[number] | undefined;
  readonly require: readonly (typeof REQUIREMENTS)[number][];
  /** Whether fewer configurations than asked for are an error. */
  readonly strict: boolean;
  /** Whether the raw files of failed attempts stay after a success. */
  readonly keepFailed: boolean;
  /** Whether the first row that does not succeed ends the session. */
  readonly failFast: boolean;
  /** So many rows in a row that fail within seconds end the session; 0: never. */
  readonly maxFastFailures: number;
  /** No row starts once the measured energies of the session come to so many joules. */
  readonly maxJoules: number | undefined;
  /** No row starts after so many hours. */
  readonly maxHours: number | undefined;
}

/** What a caller may set; `undefined` leaves it to the experiment file, then to the default. */
export type SettingsOverrides = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

/** Settings by precedence: the caller's, then the file's, then the default. */
export function resolveSettings(overrides: SettingsOverrides, file: Partial<ExperimentFile> = {}): Settings {
  return {
    runs: overrides.runs ?? file.runs_per_config ?? 1,
    repetitions: overrides.repetitions ?? file.repetitions ?? 1,
    seed: overrides.seed ?? file.seed,
    strategy: overrides.strategy ?? file.strategy ?? "random",
    objectives: overrides.objectives ?? objectivesOf(file.objectives),
    history: overrides.history ?? file.history ?? [],
    historicalTables:
      overrides.historicalTables ?? (file.use_deduplication === true ? (file.historical_csvs ?? []) : []),
    order: overrides.order ?? file.order ?? "block",
    baseline: overrides.baseline ?? file.baseline ?? "none",
    warmUp: overrides.warmUp ?? file.warm_up ?? 0,
    maxRetries: overrides.maxRetries ?? file.max_retries ?? DEFAULT_MAX_RETRIES,
    retryTimeouts: overrides.retryTimeouts ?? file.retry_timeouts ?? false,
    timeoutSeconds: overrides.timeoutSeconds ?? file.timeout_seconds ?? DEFAULT_TRAINING_TIMEOUT_SECONDS,
    stallSeconds: overrides.stallSeconds ?? file.stall_seconds ?? STALL_SECONDS,
    sleep: overrides.sleep ?? file.sleep ?? true,
    coolDown: overrides.coolDown ?? file.cool_down ?? "idle",
    retrySleepSeconds: overrides.retrySleepSeconds ?? file.retry_sleep_seconds ?? RETRY_SLEEP_SECONDS,
    runSleepSeconds: overrides.runSleepSeconds ?? file.run_sleep_seconds ?? RUN_SLEEP_SECONDS,
    configSleepSeconds: overrides.configSleepSeconds ?? file.config_sleep_seconds ?? CONFIG_SLEEP_SECONDS,
    gate: overrides.gate ?? file.gate ?? "wait",
    governor: overrides.governor ?? file.governor,
    require: overrides.require ?? file.require ?? [],
    strict: overrides.strict ?? file.strict ?? false,
    keepFailed: overrides.keepFailed ?? file.keep_failed ?? false,
    failFast: overrides.failFast ?? file.fail_fast ?? false,
    maxFastFailures: overrides.maxFastFailures ?? file.max_fast_failures ?? MAX_FAST_FAILURES,
    maxJoules: overrides.maxJoules ?? file.max_joules,
    maxHours: overrides.maxHours ?? file.max_hours,
  };
}

function objectivesOf(directions: ExperimentFile["objectives"] = {}): readonly Objective[] {
  return Object.entries(directions).map(([name, direction]) => ({ name, direction }));
}
