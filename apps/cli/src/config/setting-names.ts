import type { ExperimentFile, Settings } from "@ea/runner";
import type { RunFlag } from "../run-options.ts";

/** Each setting of a session: its flag and its key in an experiment file. */
export const SETTING_NAMES: {
  readonly [Key in Exclude<keyof Settings, "historicalTables">]: readonly [flag: RunFlag, key: keyof ExperimentFile];
} = {
  runs: ["runs", "runs_per_config"],
  repetitions: ["repetitions", "repetitions"],
  seed: ["seed", "seed"],
  strategy: ["strategy", "strategy"],
  objectives: ["objectives", "objectives"],
  history: ["history", "history"],
  order: ["order", "order"],
  baseline: ["baseline", "baseline"],
  warmUp: ["warm-up", "warm_up"],
  maxRetries: ["max-retries", "max_retries"],
  retryTimeouts: ["retry-timeouts", "retry_timeouts"],
  timeoutSeconds: ["timeout", "timeout_seconds"],
  stallSeconds: ["stall", "stall_seconds"],
  sleep: ["sleep", "sleep"],
  coolDown: ["cool-down", "cool_down"],
  retrySleepSeconds: ["retry-sleep", "retry_sleep_seconds"],
  runSleepSeconds: ["run-sleep", "run_sleep_seconds"],
  configSleepSeconds: ["config-sleep", "config_sleep_seconds"],
  gate: ["gate", "gate"],
  governor: ["governor", "governor"],
  strict: ["strict", "strict"],
  require: ["require", "require"],
  keepFailed: ["keep-failed", "keep_failed"],
  failFast: ["fail-fast", "fail_fast"],
  maxFastFailures: ["max-fast-failures", "max_fast_failures"],
  maxJoules: ["max-joules", "max_joules"],
  maxHours: ["max-hours", "max_hours"],
};
