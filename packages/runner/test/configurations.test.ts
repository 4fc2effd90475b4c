import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { argumentText, planExperiment } from "../src/configurations.ts";
import { experiment, hyperparameters, repository } from "./examples.ts";

const STANDARD = { strategy: "random", objectives: [], history: [] } as const;
const ONCE = { ...STANDARD, seed: "42", repetitions: 1 };
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
        planExperiment(experiment({ runs }), { ...STANDARD, seed, repetitions: 1 }).runs.map(({ key }) => key);
      expect(new Set(keys(many)).size).toBe(many);
      expect(keys(few)).toEqual(keys(many).slice(0, few));
    });
    fc.assert(law, { seed: 3, numRuns: 30 });
  });

  it("differ between seeds", () => {
    const keys = (seed: string) =>
      planExperiment(experiment(), { ...STANDARD, seed, repetitions: 1 }).runs.map(({ key }) => key);
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
    const { runs } = planExperiment(experiment({ runs: 2 }), { ...STANDARD, seed: "42", repetitions: 3 });
    expect(runs.map(({ repetition }) => repetition)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(new Set(runs.map(({ key }) => key)).size).toBe(2);
  });
});

describe("the training seed", () => {
  const seedsOf = (mutate: readonly string[], repetitions: number, runs = 2) =>
    planExperiment(experiment({ mutate, runs }), { ...STANDARD, seed: "42", repetitions }).runs;

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
        passed: [],
        isBaseline: false,
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

describe("conditions", () => {
  const config = repository({
    supported_hyperparams: {
      optimizer: { flag: "-o", type: "categorical", choices: ["adam", "sgd"], default: "adam" },
      momentum: { flag: "-m", type: "float", range: [0, 0.9], step: 0.1, default: 0.9, when: { optimizer: "sgd" } },
    },
  });

  it("leave out what takes no part, from vector, key and mutated names", () => {
    const { runs } = planExperiment(experiment({ config, mutate: ["optimizer", "momentum"], runs: 10 }), ONCE);
    expect(runs).toHaveLength(10);
    for (const { hyperparameters: values, key, mutated } of runs) {
      expect(values).toMatchObject({ optimizer: "sgd" }); // adam alone is the baseline
      expect(key).toBe(`momentum=${values["momentum"]},optimizer=sgd`);
      expect(mutated).toEqual(["optimizer", "momentum"]);
    }
    const [baseline] = planExperiment(experiment({ config, mode: "default", mutate: [], runs: 1 }), ONCE).runs;
    expect(baseline).toMatchObject({ hyperparameters: { optimizer: "adam", momentum: null }, key: "optimizer=adam" });
  });

  it("look at defaults of what is not mutated", () => {
    const planned = planExperiment(experiment({ config, mutate: ["momentum"], runs: 3 }), ONCE);
    expect(planned.runs).toEqual([]);
    expect(planned.warnings.join()).toContain("Could only generate 0 unique mutations");
  });

  it("cannot be decided where a default is not passed", () => {
    const { optimizer, momentum } = config.supported_hyperparams;
    const open = repository({ supported_hyperparams: { optimizer: { ...optimizer, default: null }, momentum } });
    expect(() => planExperiment(experiment({ config: open, mutate: ["momentum"] }), ONCE)).toThrow(
      '--mutate: expected a value of optimizer, on which "momentum" depends (a default, or mutate it as well), found none',
    );
  });
});

describe("constraints", () => {
  it("hold in every drawn configuration, also against what stands at its default", () => {
    const config = repository({ constraints: ["100 * learning_rate <= epochs"] });
    const { runs, space } = planExperiment(experiment({ config, mutate: ["learning_rate"], runs: 50 }), ONCE);
    expect(Math.max(...runs.map(({ hyperparameters: { learning_rate: rate } }) => Number(rate)))).toBeLessThanOrEqual(
      0.1,
    );
    expect(space.parameters["epochs"]).toMatchObject({ value: 10 });
    expect(space.constraints).toEqual(["100 * learning_rate <= epochs"]);
  });
});

test("a fixed value is passed also when its parameter is not mutated", () => {
  const fixed = { ...hyperparameters, learning_rate: { ...hyperparameters.learning_rate, value: 0.5 } };
  const config = repository({ supported_hyperparams: fixed });
  const [run] = planExperiment(experiment({ config, mutate: ["epochs"], runs: 1 }), ONCE).runs;
  expect(run).toMatchObject({ hyperparameters: { learning_rate: 0.5 }, mutated: ["epochs"] });
});

test("a default outside the range is said", () => {
  const planned = planExperiment(experiment({ ...epochsOnly([20, 30]), runs: 1 }), ONCE);
  expect(planned.notices).toEqual(["Note: The default of epochs, 10, lies outside its range [20, 30]"]);
  expect(planned.warnings).toEqual([]);
});

describe("strategies", () => {
  it("one-at-a-time changes one value of the baseline and names it", () => {
    const { runs } = planExperiment(experiment({ runs: 20 }), { ...ONCE, strategy: "one-at-a-time" });
    expect(runs).toHaveLength(20);
    for (const { hyperparameters: values, mutated } of runs) {
      const changed = Object.entries({ epochs: 10, learning_rate: 0.01 }).filter(
        ([name, value]) => values[name] !== value,
      );
      expect(mutated).toEqual(changed.map(([name]) => name));
      expect(mutated).toHaveLength(1);
    }
    expect(runs.slice(0, 2).map(({ mutated }) => mutated[0])).toEqual(["epochs", "learning_rate"]);
  });

  it("one-at-a-time leaves the training seed alone, unless there are repetitions", () => {
    const seedsOf = (repetitions: number) =>
      planExperiment(experiment({ mutate: ["epochs", "seed"], runs: 3 }), {
        ...ONCE,
        strategy: "one-at-a-time",
        repetitions,
      }).runs.map(({ hyperparameters: { seed } }) => seed);
    expect(seedsOf(1)).toEqual([42, 42, 42]);
    expect(new Set(seedsOf(2)).size).toBeGreaterThan(1);
  });

  it("grid takes every combination but the baseline", () => {
    const { runs } = planExperiment(experiment({ runs: 80 }), { ...ONCE, strategy: "grid" });
    expect(runs).toHaveLength(79); // 16 epochs × 5 learning rates, of which 10 and 0.01 is one
    const rates = new Set(runs.map(({ hyperparameters: values }) => values["learning_rate"]));
    expect(rates).toEqual(new Set([0.001, 0.00316228, 0.01, 0.0316228, 0.1]));
  });

  it("sobol draws distinct configurations", () => {
    const { runs } = planExperiment(experiment({ runs: 20 }), { ...ONCE, strategy: "sobol" });
    expect(new Set(runs.map(({ key }) => key)).size).toBe(20);
  });
});
