import { expect, it } from "vitest";

it("exports this and nothing else", async () => {
  expect(Object.keys(await import("../src/index.ts")).sort()).toMatchInlineSnapshot(`
    [
      "CONFIG_SLEEP_SECONDS",
      "DEFAULT_MAX_RETRIES",
      "DEFAULT_TRAINING_TIMEOUT_SECONDS",
      "DIRECTIONS",
      "ExperimentFile",
      "ExperimentItem",
      "GATES",
      "GOVERNORS",
      "GOVERNOR_TIMEOUT_SECONDS",
      "KILL_GRACE_SECONDS",
      "ModelsConfig",
      "ORDERS",
      "REQUIREMENTS",
      "RETRY_SLEEP_SECONDS",
      "RUN_SLEEP_SECONDS",
      "RepositoryConfig",
      "RunnerError",
      "STRATEGIES",
      "argumentText",
      "configError",
      "loadExperimentFile",
      "loadModelsConfig",
      "makePlan",
      "measureCommand",
      "nearest",
      "prepareSession",
      "resolveSettings",
      "runSession",
      "spaceNotices",
      "startMeters",
      "startWatchdog",
      "suggestion",
      "systemClock",
    ]
  `);
});
