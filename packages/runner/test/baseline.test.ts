import { expect, test } from "vitest";
import { extendRows } from "../src/extend-plan.ts";
import { makePlan, type PlanRequest } from "../src/make-plan.ts";
import type { RequestedExperiment } from "../src/requested-experiment.ts";
import type { Settings } from "../src/settings.ts";
import { experiment, settings } from "./examples.ts";

const plan = (
  experiments: readonly RequestedExperiment[],
  fields: Partial<Settings> = {},
  request: Partial<PlanRequest> = {},
) =>
  makePlan({
    experiments,
    settings: settings({ baseline: "block", ...fields }),
    seed: "1",
    toolVersion: "1",
    session: "s",
    ...request,
  });

const isBaseline = ({ key }: { readonly key: string }): boolean => key === "epochs=10,learning_rate=0.01";

test("every block holds the baseline once, with nothing mutated but the seed of a repetition", () => {
  const { rows, policies } = plan([experiment({ runs: 3 })], { repetitions: 2 });
  expect(policies["baseline"]).toBe("block");
  expect(rows.map(({ block }) => block)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  const baselines = rows.filter(isBaseline);
  expect(baselines.map(({ block, mode, mutated, probability }) => ({ block, mode, mutated, probability }))).toEqual([
    { block: 0, mode: "default", mutated: ["seed"], probability: undefined },
    { block: 1, mode: "default", mutated: ["seed"], probability: undefined },
  ]);
  expect(new Set(baselines.map(({ hyperparameters }) => hyperparameters["seed"])).size).toBe(2);
});

test("one repetition has its default seed, and its place in the block is drawn", () => {
  const { rows } = plan([experiment({ runs: 9 })]);
  expect(rows.filter(isBaseline)).toMatchObject([{ mutated: [], hyperparameters: { epochs: 10, seed: 42 } }]);
  const places = ["1", "2", "3", "4"].map((seed) =>
    plan([experiment({ runs: 9 })], {}, { seed }).rows.findIndex(isBaseline),
  );
  expect(new Set(places).size).toBeGreaterThan(1);
});

test("experiments of one model share it, another model has its own, and mode default needs none", () => {
  const { rows } = plan([
    experiment({ mutate: ["epochs"], runs: 2 }),
    experiment({ mutate: ["learning_rate"], runs: 2 }),
    experiment({ model: "cnn", runs: 2 }),
    experiment({ mode: "default", mutate: [], overrides: { epochs: 7 }, runs: 1 }),
  ]);
  expect(
    rows
      .filter(isBaseline)
      .map(({ model }) => model)
      .sort(),
  ).toEqual(["cnn", "mlp"]);
  expect(rows).toHaveLength(2 + 2 + 2 + 1 + 2);
});

test("the other rows are the same with it and without, and a longer plan keeps those that stand", () => {
  const short = plan([experiment({ runs: 3 })], { order: "config" });
  const without = plan([experiment({ runs: 3 })], { order: "config", baseline: "none" });
  expect(short.rows.slice(1).map(({ argv }) => argv)).toEqual(without.rows.map(({ argv }) => argv));
  const longer = plan([experiment({ runs: 5 })], { order: "config" });
  const extended = extendRows(short.rows, longer);
  expect(extended.rows.slice(0, 4)).toEqual(short.rows);
  expect(extended.rows.filter(isBaseline)).toHaveLength(1);
  expect(extended.rows).toHaveLength(6);
});
