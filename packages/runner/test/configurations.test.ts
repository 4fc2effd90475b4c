import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { argumentText, planExperiment } from "../src/configurations.ts";
import { experiment, hyperparameters, repository } from "./examples.ts";

const ONCE = { seed: "42", repetitions: 1 };
const epochsOnly = (range: readonly [number, number], fields: object = {}) => ({
  config: repository({ supported_hyperparams: { epochs: { ...hyperparameters.epochs, range, ...fields } } }),
  mutate: ["epochs"],
});

describe("mutations", () => {
  it("have the full vector, the drawn names, and the probability", () => {
    const [run] = planExperiment(experiment(), ONCE).runs;
    expect(Object.keys(run?.hyperparameters ?? {})).toEqual(["epochs", "learning_rate", "seed"]);
    expect(run).toMatchObject({ mutated: ["epochs", "learning_rate"], repetition: 0, hyperparameters: { seed: 42 } });
    expect(run?.probability).toBeGreaterThan(0);
  });

  it("are distinct, reproducible, and a smaller number is a prefix", () => {
    const count = fc.integer({ min: 1, max: 30 });
    const law = fc.property(fc.string(), count, count, (seed, a, b) => {
      const [few, many] = [Math.min(a, b), Math.max(a, b)];
      const keys = (runs: number) =>
        planExperiment(experiment({ runs }), { seed, repetitions: 1 }).runs.map(({ key }) => key);
      expect(new Set(keys(many)).size).toBe(many);
      expect(keys(few)).toEqual(keys(many).slice(0, few));
    });
    fc.assert(law, { seed: 3, numRuns: 30 });
  });

  it("differ between seeds", () => {
    const keys = (seed: string) => planExperiment(experiment(), { seed, repetitions: 1 }).runs.map(({ key }) => key);
    expect(keys("1")).not.toEqual(keys("2"));
  });

  it("never are the baseline", () => {
    const { runs } = planExperiment(experiment({ ...epochsOnly([8, 12]), runs: 4 }), ONCE);
    expect(runs.map(({ hyperparameters: { epochs } }) => epochs).sort((a, b) => Number(a) - Number(b))).toEqual([
      8, 9, 11, 12,
    ]);
  });

  it("may be anything when the default is not passed", () => {
    const { runs } = planExperiment(experiment({ ...epochsOnly([8, 12], { default: null }), runs: 5 }), ONCE);
    expect(runs).toHaveLength(5);
  });

  it("come with a warning when the space has no more", () => {
    const planned = planExperiment(experiment({ ...epochsOnly([1, 101]), runs: 150 }), ONCE);
    expect(planned.runs).toHaveLength(100);
    expect(planned.size).toBe(101n);
    expect(planned.warnings).toEqual([
      [
        "Warning: Could only generate 100 unique mutations: the space has no more",
        "   Requested: 150, Generated: 100",
        "   Consider widening hyperparameter ranges or reducing --runs",
      ].join("\n"),
    ]);
  });

  it("come without a warning when the space has just enough", () => {
    expect(planExperiment(experiment({ ...epochsOnly([1, 11]), runs: 10 }), ONCE).warnings).toEqual([]);
  });

  it("are repeated with the same key", () => {
    const { runs } = planExperiment(experiment({ runs: 2 }), { seed: "42", repetitions: 3 });
    expect(runs.map(({ repetition }) => repetition)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(new Set(runs.map(({ key }) => key)).size).toBe(2);
  });
});

describe("the training seed", () => {
  const seedsOf = (mutate: readonly string[], repetitions: number, runs = 2) =>
    planExperiment(experiment({ mutate, runs }), { seed: "42", repetitions }).runs;

  it("is the default when it is not mutated and nothing is repeated", () => {
    const runs = seedsOf(["epochs"], 1);
    expect(runs.map(({ hyperparameters: { seed } }) => seed)).toEqual([42, 42]);
    expect(runs[0]?.mutated).toEqual(["epochs"]);
  });

  it("is derived for each configuration when it is mutated", () => {
    const runs = seedsOf(["epochs", "seed"], 1);
    expect(new Set([42, ...runs.map(({ hyperparameters: { seed } }) => seed)]).size).toBe(3);
    expect(runs[0]?.mutated).toEqual(["epochs", "seed"]);
  });

  it("is derived for each repetition, and listed", () => {
    const runs = seedsOf(["epochs"], 3);
    expect(new Set(runs.map(({ hyperparameters: { seed } }) => seed)).size).toBe(6);
    expect(runs.every(({ mutated }) => mutated.includes("seed"))).toBe(true);
  });

  it("is never part of the key", () => {
    const keys = (mutate: readonly string[], repetitions: number) =>
      new Set(seedsOf(mutate, repetitions).map(({ key }) => key));
    expect(keys(["epochs", "seed"], 3)).toEqual(keys(["epochs"], 1));
    expect([...keys(["epochs", "seed"], 1)].join()).not.toContain("seed");
  });

  it("keeps its first values when there are more repetitions", () => {
    const seeds = (repetitions: number) =>
      seedsOf(["epochs"], repetitions, 1).map(({ hyperparameters: { seed } }) => seed);
    expect(seeds(5).slice(0, 2)).toEqual(seeds(2));
  });

  it("alone means repetitions of the baseline", () => {
    const planned = planExperiment(experiment({ mutate: ["seed"], runs: 4 }), ONCE);
    expect(planned.runs.map(({ repetition }) => repetition)).toEqual([0, 1, 2, 3]);
    expect(new Set(planned.runs.map(({ key }) => key))).toEqual(new Set(["epochs=10,learning_rate=0.01"]));
    expect(new Set(planned.runs.map(({ hyperparameters: { seed } }) => seed)).size).toBe(4);
    expect(planned).toMatchObject({ size: undefined, space: {}, warnings: [] });
  });

  it("repeats, with a warning, when its range is smaller than the number of repetitions", () => {
    const seed = { ...hyperparameters.seed, range: [1, 2] };
    const config = repository({ supported_hyperparams: { ...hyperparameters, seed } });
    const planned = planExperiment(experiment({ config, mutate: ["seed"], runs: 3 }), ONCE);
    const values = planned.runs.map((run) => run.hyperparameters["seed"]);
    expect(new Set(values.slice(0, 2))).toEqual(new Set([1, 2]));
    expect(values[2]).toBe(values[0]);
    expect(planned.warnings).toEqual(["Warning: seed has only 2 values for 3 repetitions; they repeat"]);
  });

  it("may have another name, with the role", () => {
    const config = repository({ supported_hyperparams: { random_state: { ...hyperparameters.seed, role: "seed" } } });
    const { runs } = planExperiment(experiment({ config, mutate: ["random_state"], runs: 2 }), ONCE);
    expect(runs.map(({ key, mutated }) => ({ key, mutated }))).toEqual([
      { key: "", mutated: ["random_state"] },
      { key: "", mutated: ["random_state"] },
    ]);
  });
});

describe("mode default", () => {
  const baseline = (overrides: Record<string, number | null>, runs = 1) =>
    planExperiment(experiment({ mode: "default", mutate: [], overrides, runs }), ONCE).runs;

  it("is the defaults, with nothing mutated", () => {
    expect(baseline({})).toEqual([
      {
        hyperparameters: { epochs: 10, learning_rate: 0.01, seed: 42 },
        mutated: [],
        key: "epochs=10,learning_rate=0.01",
        probability: undefined,
        repetition: 0,
      },
    ]);
  });

  it("lists the overridden values that differ from the default", () => {
    expect(baseline({ epochs: 30, learning_rate: 0.01 })).toMatchObject([
      { hyperparameters: { epochs: 30, learning_rate: 0.01 }, mutated: ["epochs"] },
    ]);
  });

  it("has a seed of its own in each repetition, but a seed that was given stays", () => {
    expect(new Set(baseline({}, 3).map(({ hyperparameters: { seed } }) => seed)).size).toBe(3);
    expect(baseline({ seed: 7 }, 2).map(({ hyperparameters: { seed } }) => seed)).toEqual([7, 7]);
  });

  it("leaves a value that is null out of the key", () => {
    expect(baseline({ epochs: null })).toMatchObject([
      { hyperparameters: { epochs: null }, key: "learning_rate=0.01", mutated: ["epochs"] },
    ]);
  });
});

test("an argument is the canonical text, and null is none", () => {
  const { supported_hyperparams: parameters } = repository();
  const [epochs, rate] = [parameters["epochs"], parameters["learning_rate"]];
  expect(epochs && argumentText(epochs, 10)).toBe("10");
  expect(rate && argumentText(rate, 1e-7)).toBe("1e-7");
  expect(rate && argumentText(rate, null)).toBeUndefined();
});
