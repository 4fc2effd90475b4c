import { expect, test } from "vitest";
import { trainingArguments } from "../src/training-arguments.ts";
import { hyperparameters, repository } from "./examples.ts";

const values = { epochs: 10, learning_rate: 1e-7, seed: null };

test("script, model, then flag and value as two arguments each", () => {
  expect(trainingArguments(repository(), "cnn", { epochs: 10, learning_rate: 0.5, seed: 0 })).toEqual(
    "train.sh --model cnn --epochs 10 --lr 0.5 --seed 0".split(" "),
  );
});

test("a value that is null is not passed, and a small number keeps its text", () => {
  expect(trainingArguments(repository(), "cnn", values).slice(3)).toEqual(["--epochs", "10", "--lr", "1e-7"]);
});

test("the model default and a repository without model flag pass no model", () => {
  expect(trainingArguments(repository({ models: ["default"] }), "default", values)[1]).toBe("--epochs");
  expect(trainingArguments(repository({ model_flag: undefined }), "cnn", values)[1]).toBe("--epochs");
});

test("required arguments are split at spaces and stand before the parameters", () => {
  const config = repository({ required_args: { dataset: " -d  d2a", quiet: "--quiet", none: "" } });
  expect(trainingArguments(config, "mlp", values).slice(1, 7)).toEqual(
    "--model mlp -d d2a --quiet --epochs".split(" "),
  );
});

test("a value with shell characters stays one argument", () => {
  const text = "$(reboot); `x` 'a b' | *";
  const optimizer = { flag: "--opt", type: "categorical", default: text, choices: [text, "adam"] };
  const config = repository({ supported_hyperparams: { ...hyperparameters, optimizer } });
  expect(trainingArguments(config, "mlp", { optimizer: text }).slice(3)).toEqual(["--opt", text]);
});

test("a truth value is true or false", () => {
  const amp = { flag: "--amp", type: "bool", default: false };
  const config = repository({ supported_hyperparams: { amp } });
  expect(trainingArguments(config, "mlp", { amp: false }).slice(3)).toEqual(["--amp", "false"]);
});
