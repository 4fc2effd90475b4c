import { expect, test } from "vitest";
import type { Mutation } from "../src/mutation.ts";
import { mutations } from "../src/mutations.ts";
import { oneAtATime } from "../src/one-at-a-time.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";

const space: Space = {
  lr: { type: "float", range: [0.01, 1], distribution: "log_uniform", digits: 1 },
  epochs: { type: "int", range: [1, 4] },
  optimizer: { type: "categorical", choices: ["adam", "none", "sgd"], weights: [3, 0, 1] },
  momentum: { type: "float", range: [0, 1], step: 0.5, when: { optimizer: "sgd" } },
  nesterov: { type: "bool" },
  batch: { type: "int", range: [1, 999], value: 32 },
  decay: { type: "int", range: [1, 3], zero_probability: 0.4 },
  seed: { type: "int", range: [0, 9] },
};

function find(key: string): Mutation {
  for (const mutation of mutations(space, { seed: 1 })) if (mutation.key === key) return mutation;
  throw new RangeError(`Expected a mutation ${key}, found none`);
}

test("explain() tells how each value was drawn", () => {
  const mutation = find("batch=32,decay=0,epochs=3,lr=0.1,momentum=0.5,nesterov=true,optimizer=sgd");
  const { key, probability, phase, parameters } = mutation.explain();
  expect(key).toBe(mutation.key);
  expect(probability).toBe(mutation.probability);
  expect(["independent draws", "race"]).toContain(phase);
  const atom = Math.log(0.15 / 0.095) / Math.log(100);
  expect(parameters).toEqual({
    batch: { value: 32, distribution: "fixed", latticeSize: 1, index: 0, probability: 1 },
    decay: { value: 0, distribution: "uniform", latticeSize: 4, index: 0, probability: 0.4 },
    epochs: { value: 3, distribution: "uniform", latticeSize: 4, index: 2, probability: 0.25 },
    lr: { value: 0.1, distribution: "log_uniform", latticeSize: 19, index: 9, probability: expect.closeTo(atom, 12) },
    momentum: { value: 0.5, distribution: "uniform", latticeSize: 3, index: 1, probability: expect.closeTo(1 / 3, 12) },
    nesterov: { value: true, distribution: "uniform", latticeSize: 2, index: 1, probability: 0.5 },
    optimizer: { value: "sgd", distribution: "weighted", latticeSize: 2, index: 1, probability: 0.25 },
  });
  expect(probability / (0.4 * 0.25 * atom * (1 / 3) * 0.5 * 0.25)).toBeCloseTo(1, 12);
});

test("what takes no part is not explained and does not count", () => {
  const mutation = find("batch=32,decay=3,epochs=1,lr=1,nesterov=false,optimizer=adam");
  expect(Object.keys(mutation.explain().parameters)).toEqual([
    "batch",
    "decay",
    "epochs",
    "lr",
    "nesterov",
    "optimizer",
  ]);
  const end = Math.log(1 / 0.95) / Math.log(100);
  expect(mutation.probability / (0.2 * 0.25 * end * 0.5 * 0.75)).toBeCloseTo(1, 12);
});

test("the phase is the one that found it: all of a small space take both", () => {
  const small: Space = { n: { type: "int", range: [1, 40], distribution: "log_uniform", zero_probability: 0.9 } };
  const phases = [...mutations(small, { seed: 1 })].map((mutation) => mutation.explain().phase);
  const drawn = phases.filter((phase) => phase === "independent draws").length;
  expect(drawn).toBeGreaterThan(0);
  expect(phases).toEqual([...phases.slice(0, drawn), ...Array.from({ length: 41 - drawn }, () => "race")]);
});

test("a default that cannot be drawn has no index and no probability", () => {
  const outside: Record<string, Parameter> = {
    lr: { type: "float", range: [0, 1], default: 5 },
    on: { type: "bool", default: false },
  };
  const list = takeMutations(outside, 2, { seed: 1, strategy: oneAtATime }).mutations;
  const changed = list.find(({ configuration }) => configuration["on"] === true);
  expect(changed?.probability).toBe(0);
  expect(changed?.explain().parameters["lr"]).toEqual({
    value: 5,
    distribution: "default",
    latticeSize: 1_000_001,
    index: undefined,
    probability: 0,
  });
});

test("JSON has the configuration, its key and its probability", () => {
  const [mutation] = takeMutations({ on: { type: "bool" } }, 1, { seed: 42 }).mutations;
  const on = mutation?.configuration["on"];
  expect(JSON.parse(JSON.stringify(mutation))).toEqual({ configuration: { on }, key: `on=${on}`, probability: 0.5 });
});

test("a configuration that was changed into one outside the space has no probability", () => {
  const [mutation] = takeMutations({ a: { type: "int", range: [1, 9] } }, 1, { seed: 1 }).mutations;
  Object.assign(mutation?.configuration ?? {}, { a: 50 });
  expect(() => mutation?.probability).toThrow("Expected a configuration as drawn, found a=50");
  expect(() => mutation?.explain()).toThrow("Expected a configuration as drawn, found a=50");
});
