import { expect, test } from "vitest";
import { planExperiment } from "../src/configurations.ts";
import { notPassedFlags } from "../src/not-passed-flags.ts";
import { trainingArguments } from "../src/training-arguments.ts";
import { experiment, hyperparameters, repository, settings } from "./examples.ts";

const config = repository({ pass: "mutated" });

function argvOf(fields: Parameters<typeof experiment>[0]): readonly string[] {
  const { runs } = planExperiment(experiment({ config, ...fields }), { ...settings(), seed: "1", history: [] });
  const [run] = runs;
  if (!run) throw new Error("nothing was planned");
  return trainingArguments(config, "mlp", run.hyperparameters, run.passed).slice(3);
}

test("with pass: mutated only what is mutated or fixed by the experiment is passed", () => {
  expect(argvOf({ mutate: ["epochs"], runs: 1 })).toEqual(["--epochs", expect.stringMatching(/^\d+$/)]);
  expect(argvOf({ mode: "default", mutate: [], runs: 1 })).toEqual([]);
  expect(argvOf({ mode: "default", mutate: [], overrides: { epochs: 10 }, runs: 1 })).toEqual(["--epochs", "10"]);
});

test("the record names the values that were not passed, and none where all were", () => {
  const values = { epochs: 10, learning_rate: 0.01, seed: null };
  const row = { hyperparameters: values, argv: ["train.sh", "--epochs", "10"] };
  const parsed = repository({ supported_hyperparams: hyperparameters });
  expect(notPassedFlags(row, parsed)).toEqual([
    expect.objectContaining({ code: "not-passed", evidence: { names: ["learning_rate"] } }),
  ]);
  expect(notPassedFlags({ ...row, argv: trainingArguments(parsed, "mlp", values) }, parsed)).toEqual([]);
});
