import { join } from "node:path";
import { expect, test } from "vitest";
import { loadModelsConfig } from "../src/load-config.ts";
import { ModelsConfig } from "../src/models-config.ts";
import { hyperparameters, repositoryJson } from "./examples.ts";
import { put, temporaryDirectory } from "./temporary.ts";

async function problems(fields: Readonly<Record<string, unknown>>): Promise<string> {
  const project = await temporaryDirectory();
  await put(join(project, "models.json"), { models: { mine: { ...repositoryJson, ...fields } } });
  return loadModelsConfig("models.json", project).then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

const AT = "models.json: models.mine";

test.each([
  [{ environment: { vnev: ".venv" } }, `${AT}.environment.vnev: unknown key "vnev"; did you mean "venv"?`],
  [{ environment: {} }, `${AT}.environment: expected one of venv, conda, command, found {}`],
  [{ train_scrpt: "x" }, `${AT}.train_scrpt: unknown key "train_scrpt"; did you mean "train_script"?`],
  [{ path: 3 }, `${AT}.path: expected string, found 3`],
  [{ train_script: undefined }, `${AT}.train_script: expected string, found nothing`],
  [{ models: "mlp" }, `${AT}.models: expected array, found "mlp"`],
  [{ min_cpu_seconds: "1" }, `${AT}.min_cpu_seconds: expected number, found "1"`],
  [{ required_args: { data: 1 } }, `${AT}.required_args.data: expected string, found 1`],
  [
    { performance_metrics: { log_pattern: {} } },
    `${AT}.performance_metrics.log_pattern: unknown key "log_pattern"; did you mean "log_patterns"?`,
  ],
  [
    { performance_metrics: { preset: "keros" } },
    `${AT}.performance_metrics.preset: expected keras | lightning | huggingface | ultralytics | plain, found "keros"; did you mean "keras"?`,
  ],
  [
    { performance_metrics: { log_patterns: { acc: { pattern: "x", x: "epoch (\\d+)" } } } },
    `${AT}.performance_metrics.log_patterns.acc.x: expected "aggregation": "all" or "each" beside it, as only a series has an x, found another one or none`,
  ],
  [
    { performance_metrics: { log_patterns: { acc: { pattern: "x", aggregation: "lst" } } } },
    `${AT}.performance_metrics.log_patterns.acc.aggregation: expected last | first | min | max | all | each, found "lst"; did you mean "last"?`,
  ],
  [
    { performance_metrics: { log_patterns: { acc: { pattern: "x", requierd: true } } } },
    `${AT}.performance_metrics.log_patterns.acc.requierd: unknown key "requierd"; did you mean "required"?`,
  ],
  [
    { performance_metrics: { log_patterns: { acc: { pattern: "x", range: [1, 0] } } } },
    `${AT}.performance_metrics.log_patterns.acc.range: expected [low, high] with low <= high, found [1,0]`,
  ],
])("%j", async (fields, message) => {
  expect(await problems(fields)).toBe(message);
});

const PARAMETER = `${AT}.supported_hyperparams.epochs`;

test.each([
  [{ rnage: [1, 2] }, `${PARAMETER}.rnage: unknown key "rnage"; did you mean "range"?`],
  [{ range: [20, 5] }, `${PARAMETER}.range: expected lower <= upper, found [20, 5]`],
  [{ flag: 5 }, `${PARAMETER}.flag: expected a flag such as "--lr", found 5`],
  [{ range: 5 }, `${PARAMETER}.range: expected [lower, upper], found 5`],
  [{ range: [5] }, `${PARAMETER}.range: expected [lower, upper], found [5]`],
  [
    { type: "integer" },
    `${PARAMETER}.type: expected one of "int", "float", "bool", "categorical", found "integer"; did you mean "int"?`,
  ],
  [
    { distribution: "log" },
    `${PARAMETER}.distribution: expected "uniform" or "log_uniform", found "log"; did you mean "log_uniform"?`,
  ],
  [{ step: -1 }, `${PARAMETER}.step: expected a number > 0, found -1`],
  [{ default: 1.5 }, `${PARAMETER}.default: expected an integer or null for type int, found 1.5`],
])("a parameter with %j", async (fields, message) => {
  const supported = { ...hyperparameters, epochs: { ...hyperparameters.epochs, ...fields } };
  expect(await problems({ supported_hyperparams: supported })).toBe(message);
});

test("the original's file of the first age is valid", () => {
  const config = {
    models: {
      "Bug-Finder": {
        path: "repos/Bug-Finder",
        train_script: "./train.sh",
        models: ["default"],
        supported_hyperparams: {
          epochs: { flag: "--epochs", type: "int", default: 10, range: [5, 20] },
          dropout: { flag: "--dropout", type: "float", default: 0, range: [0.0, 0.5] },
          seed: { flag: "--seed", type: "int", default: null, range: [0, 9999] },
        },
        performance_metrics: { log_patterns: { accuracy: "(?:Accuracy|准确率)[:\\s()]+([0-9.]+)" } },
      },
    },
  };
  expect(ModelsConfig.parse(config).models["Bug-Finder"]).toMatchObject({ required_args: {}, models: ["default"] });
});

test("the original's file of the second age is valid: model flag, required arguments, distributions", () => {
  const config = {
    models: {
      bert: {
        path: "repos/bert",
        train_script: "./train.sh",
        models: ["mlp", "cnn"],
        model_flag: "-n",
        required_args: { dataset: "-d d2a" },
        supported_hyperparams: {
          learning_rate: {
            flag: "--lr",
            type: "float",
            default: 0.00003,
            range: [0.000015, 0.000045],
            distribution: "log_uniform",
          },
          weight_decay: {
            flag: "--wd",
            type: "float",
            default: 0.0,
            range: [0.00001, 0.001],
            distribution: "log_uniform",
            zero_probability: 0.3,
          },
        },
        performance_metrics: { log_patterns: {} },
      },
    },
  };
  expect(ModelsConfig.parse(config)).toEqual({
    models: { bert: { ...config.models.bert, constraints: [], env: {}, pass: "all" } },
  });
});

test.each([
  [{ environment: { conda: "torch2" } }, true],
  [{ environment: { venv: ".venv" } }, true],
  [{ environment: { command: ["uv", "run"] } }, true],
  [{ env: { OMP_NUM_THREADS: "4" } }, true],
  [{ environment: { command: [] } }, false],
  [{ environment: { venv: ".venv", conda: "torch2" } }, false],
  [{ environment: "torch2" }, false],
  [{ env: { "OMP NUM": "4" } }, false],
  [{ env: { EARUN_ROW: "4" } }, false],
  [{ env: { OMP_NUM_THREADS: 4 } }, false],
])("environment of a training: %j", (fields, isValid) => {
  expect(ModelsConfig.safeParse({ models: { mine: { ...repositoryJson, ...fields } } }).success).toBe(isValid);
});

test("a preset is its patterns, and own ones come in addition or in place", () => {
  const json = {
    ...repositoryJson,
    performance_metrics: { preset: "keras", log_patterns: { loss: "my loss", x: "x" } },
  };
  const { log_patterns } = ModelsConfig.parse({ models: { mine: json } }).models["mine"]?.performance_metrics ?? {};
  expect(log_patterns).toMatchObject({ loss: "my loss", x: "x", val_loss: { required: "any" } });
});

test("metrics are optional", () => {
  const { performance_metrics: _, ...without } = repositoryJson;
  expect(ModelsConfig.parse({ models: { mine: without } }).models["mine"]?.performance_metrics).toEqual({
    log_patterns: {},
  });
});

const WHEN = { optimiser: "sgd" };

test.each([
  [
    {
      supported_hyperparams: { ...hyperparameters, momentum: { flag: "-m", type: "float", range: [0, 1], when: WHEN } },
    },
    `${AT}.supported_hyperparams.momentum.when.optimiser: expected another parameter (epochs, learning_rate), found "optimiser"`,
  ],
  [
    { constraints: ["epochs < warmup"] },
    `${AT}.constraints[0]: expected drawable parameters (epochs, learning_rate) in "epochs < warmup", found "warmup"`,
  ],
  [{ constraints: "epochs < 3" }, `${AT}.constraints: expected array, found "epochs < 3"`],
])("conditions and constraints: %j", async (fields, message) => {
  expect(await problems(fields)).toBe(message);
});
