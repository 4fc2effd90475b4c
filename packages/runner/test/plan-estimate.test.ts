import { expect, test } from "vitest";
import { makePlan } from "../src/make-plan.ts";
import type { PastRun } from "../src/past-runs.ts";
import { estimatePlan, sleepSeconds } from "../src/plan-estimate.ts";
import type { Settings } from "../src/settings.ts";
import { experiment, settings } from "./examples.ts";

const plan = (fields: Partial<Settings> = {}) =>
  makePlan({
    experiments: [
      experiment({ mode: "default", mutate: [], overrides: { epochs: 6 }, runs: 1 }),
      experiment({ mode: "default", mutate: [], overrides: { epochs: 8 }, runs: 1 }),
      experiment({ mode: "default", mutate: [], model: "cnn", runs: 1 }),
    ],
    settings: settings({ order: "config", ...fields }),
    seed: "1",
    toolVersion: "1",
    session: "s",
  });
const past = (durationSeconds: number, epochs?: number, joules: PastRun["joules"] = {}): PastRun => ({
  durationSeconds,
  epochs,
  joules,
});
const estimate = (runs: readonly PastRun[], fields: Partial<Settings> = {}) =>
  estimatePlan(plan(fields), ({ model }) => (model === "mlp" ? runs : []));

test("rows take the time of the median run in proportion to their epochs; the fastest and the slowest bound it", () => {
  expect(estimate([past(20, 10), past(10, 10), past(120, 40)])).toEqual({
    runs: 2,
    earlierRuns: 3,
    trainingSeconds: { low: 14, median: 28, high: 42 },
    restSeconds: 0,
    joules: {},
  });
});

test("with an earlier run that does not say its epochs nothing is scaled", () => {
  expect(estimate([past(20, 10), past(10)])?.trainingSeconds).toEqual({ low: 20, median: 30, high: 40 });
});

test("an energy is told where every earlier run has measured it", () => {
  const runs = [past(10, 10, { gpu: 100, dram: 5 }), past(10, 10, { gpu: 200 })];
  expect(estimate(runs)?.joules).toEqual({ gpu: { low: 140, median: 210, high: 280 } });
});

test("rests by the clock, idle baselines and warm-ups are counted", () => {
  const fields = { sleep: true, runSleepSeconds: 7, configSleepSeconds: 50, warmUp: 2 } as const;
  expect(sleepSeconds(plan(fields))).toBe(2 * 7 + 2 * 50);
  expect(estimate([past(10, 10)], { ...fields, coolDown: "idle" })).toMatchObject({
    runs: 2,
    trainingSeconds: { median: 6 + 8 + 2 * 6 },
    restSeconds: 2 * 7 + 2 * 50 + 60,
  });
  expect(estimate([past(10, 10)], { ...fields, coolDown: "time" })?.restSeconds).toBe(114);
});

test("without earlier runs of any planned model there is no estimate", () => {
  expect(estimate([])).toBeUndefined();
});
