import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "CONFIG_SLEEP_SECONDS",
      "DEFAULT_MAX_RETRIES",
      "DEFAULT_TRAINING_TIMEOUT_SECONDS",
      "ExperimentFile",
      "ExperimentItem",
      "GOVERNOR_TIMEOUT_SECONDS",
      "KILL_GRACE_SECONDS",
      "ModelsConfig",
      "Preemption",
      "RETRY_SLEEP_SECONDS",
      "RUN_SLEEP_SECONDS",
      "RepositoryConfig",
      "RunnerError",
      "argumentText",
      "cgroupState",
      "configError",
      "configSchemas",
      "endOrphans",
      "estimateSession",
      "eventToJson",
      "fatalPatterns",
      "findOrphans",
      "foundMetrics",
      "isAlive",
      "judge",
      "loadExperimentFile",
      "loadModelsConfig",
      "localLauncher",
      "logFlags",
      "makePlan",
      "measureCommand",
      "newSessionTag",
      "openSession",
      "planSession",
      "prepareSession",
      "probe",
      "resolveSettings",
      "resultToJson",
      "resumeSession",
      "rowsLeft",
      "runSession",
      "sessionStanding",
      "sleepSeconds",
      "slurmScheduler",
      "spaceNotices",
      "startMeters",
      "startWatchdog",
      "systemClock",
      "thisProcess",
    ]
  `);
});

it("exports the words of the command line by themselves", async () => {
  expect(Object.keys(await import("../src/words.ts")).sort()).toMatchInlineSnapshot(`
    [
      "BASELINES",
      "COOL_DOWNS",
      "DIRECTIONS",
      "GATES",
      "GOVERNORS",
      "ORDERS",
      "REQUIREMENTS",
      "STRATEGIES",
      "nearest",
      "suggestion",
    ]
  `);
});
