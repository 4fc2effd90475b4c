import { expect, test } from "vitest";
import { probePairs } from "../src/probe-pairs.ts";
import { hyperparameters, repository } from "./examples.ts";

const pairs = (parameters: Readonly<Record<string, unknown>>, constraints: readonly string[] = []) =>
  probePairs(repository({ supported_hyperparams: parameters, constraints }));

test("epochs are few, and each parameter stands far from where it stands", () => {
  expect(pairs(hyperparameters)).toEqual([
    {
      name: "epochs",
      reference: { epochs: 5, learning_rate: 0.01, seed: 42 },
      variant: expect.objectContaining({ epochs: 6 }),
    },
    {
      name: "learning_rate",
      reference: { epochs: 5, learning_rate: 0.01, seed: 42 },
      variant: { epochs: 5, learning_rate: expect.toSatisfy((rate) => rate === 0.001 || rate === 0.1), seed: 42 },
    },
    {
      name: "seed",
      reference: { epochs: 5, learning_rate: 0.01, seed: 42 },
      variant: { epochs: 5, learning_rate: 0.01, seed: expect.toSatisfy((seed) => seed !== 42) },
    },
  ]);
});

test("a parameter that is not passed is passed", () => {
  const decay = { flag: "--wd", type: "float", default: null, range: [0.1, 1] };
  const [pair] = pairs({ decay });
  expect(pair).toEqual({ name: "decay", reference: { decay: null }, variant: { decay: expect.any(Number) } });
});

test("conditions are fulfilled in both", () => {
  const optimizer = { flag: "--opt", type: "categorical", default: "adam", choices: ["adam", "sgd"] };
  const momentum = { flag: "--momentum", type: "float", default: 0.5, range: [0, 0.9], when: { optimizer: "sgd" } };
  expect(pairs({ optimizer, momentum })).toEqual([
    {
      name: "optimizer",
      reference: { optimizer: "adam", momentum: null },
      variant: { optimizer: "sgd", momentum: 0.5 },
    },
    { name: "momentum", reference: { optimizer: "sgd", momentum: 0.5 }, variant: { optimizer: "sgd", momentum: 0 } },
  ]);
});

test("constraints hold", () => {
  const warmup = { flag: "--warmup", type: "int", default: 2, range: [1, 50] };
  const found = pairs({ epochs: { ...hyperparameters.epochs, range: [1, 20] }, warmup }, ["warmup < epochs"]);
  expect(found).toEqual([
    { name: "epochs", reference: { epochs: 3, warmup: 2 }, variant: { epochs: 4, warmup: 2 } },
    { name: "warmup", reference: { epochs: 3, warmup: 2 }, variant: { epochs: 3, warmup: 1 } },
  ]);
});

test("without another value there is no pair, and a reason", () => {
  const fixed = { flag: "--a", type: "int", default: 1, value: 3, range: [1, 5] };
  const only = { flag: "--b", type: "int", default: 1, range: [1, 1] };
  expect(pairs({ fixed, only })).toEqual([
    { name: "fixed", reason: "it is fixed at 3" },
    { name: "only", reason: "it has no other value beside the defaults of the rest" },
  ]);
});
