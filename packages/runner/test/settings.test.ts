import { expect, test } from "vitest";
import { GOVERNOR_TIMEOUT_SECONDS } from "../src/defaults.ts";
import { resolveSettings } from "../src/settings.ts";

test("the defaults are the constants of the original", () => {
  expect(resolveSettings({})).toEqual({
    runs: 1,
    repetitions: 1,
    seed: undefined,
    strategy: "random",
    objectives: [],
    history: [],
    historicalTables: [],
    order: "block",
    baseline: "none",
    warmUp: 0,
    maxRetries: 2,
    retryTimeouts: false,
    timeoutSeconds: 36_000,
    stallSeconds: 1800,
    coolDown: "idle",
    sleep: true,
    retrySleepSeconds: 30,
    runSleepSeconds: 60,
    configSleepSeconds: 120,
    gate: "wait",
    governor: undefined,
    require: [],
    strict: false,
    keepFailed: false,
    failFast: false,
    maxFastFailures: 3,
    maxJoules: undefined,
    maxHours: undefined,
  });
  expect(GOVERNOR_TIMEOUT_SECONDS).toBe(10);
});

const file = {
  runs_per_config: 5,
  repetitions: 2,
  seed: 7,
  strategy: "sobol",
  objectives: { accuracy: "maximize" },
  history: ["results/a"],
  use_deduplication: true,
  historical_csvs: ["raw.csv"],
  order: "config",
  baseline: "block",
  warm_up: 2,
  max_retries: 0,
  retry_timeouts: true,
  timeout_seconds: 60,
  stall_seconds: 5,
  cool_down: "time",
  sleep: false,
  retry_sleep_seconds: 0,
  run_sleep_seconds: 1,
  config_sleep_seconds: 2,
  gate: "flag",
  governor: "performance",
  require: ["cpu"],
  strict: true,
  keep_failed: true,
  fail_fast: true,
  max_fast_failures: 7,
  max_joules: 5000,
  max_hours: 1.5,
} as const;
const ofFile = {
  runs: 5,
  repetitions: 2,
  seed: 7,
  strategy: "sobol",
  objectives: [{ name: "accuracy", direction: "maximize" }],
  history: ["results/a"],
  historicalTables: ["raw.csv"],
  order: "config",
  baseline: "block",
  warmUp: 2,
  maxRetries: 0,
  retryTimeouts: true,
  timeoutSeconds: 60,
  stallSeconds: 5,
  coolDown: "time",
  sleep: false,
  retrySleepSeconds: 0,
  runSleepSeconds: 1,
  configSleepSeconds: 2,
  gate: "flag",
  governor: "performance",
  require: ["cpu"],
  strict: true,
  keepFailed: true,
  failFast: true,
  maxFastFailures: 7,
  maxJoules: 5000,
  maxHours: 1.5,
} as const;

/** The file as it is read: its lists are nobody's constants. */
const read = () => ({
  ...file,
  require: [...file.require],
  history: [...file.history],
  historical_csvs: [...file.historical_csvs],
});

test("the file beats the defaults, also with zero and false", () => {
  expect(resolveSettings({}, read())).toEqual(ofFile);
});

test("the caller beats the file, also with zero and false", () => {
  const caller = {
    runs: 9,
    repetitions: 3,
    seed: "s",
    strategy: "random",
    objectives: [],
    history: [],
    historicalTables: [],
    order: "block",
    baseline: "none",
    warmUp: 0,
    maxRetries: 4,
    retryTimeouts: false,
    timeoutSeconds: 1,
    stallSeconds: 0,
    coolDown: "idle",
    sleep: true,
    retrySleepSeconds: 5,
    runSleepSeconds: 0,
    configSleepSeconds: 0,
    gate: "off",
    governor: "powersave",
    require: [],
    strict: false,
    keepFailed: false,
    failFast: false,
    maxFastFailures: 0,
    maxJoules: 1,
    maxHours: 2,
  } as const;
  expect(resolveSettings(caller, read())).toEqual(caller);
});

test("what the caller leaves undefined is the file's", () => {
  expect(resolveSettings({ runs: undefined, sleep: undefined }, read())).toEqual(ofFile);
});
