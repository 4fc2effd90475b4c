import { describe, expect, test } from "vitest";
import type { ExperimentItem } from "../src/experiment-item.ts";
import { type RequestOrigin, requestExperiment } from "../src/requested-experiment.ts";
import { hyperparameters, repository, settings } from "./examples.ts";

const FILE: RequestOrigin = { file: "e.json", configFile: "models.json" };

function request(
  item: Partial<ExperimentItem>,
  {
    forcedRuns,
    fileMode,
    runs = 1,
    origin = FILE,
    fields = {},
  }: Partial<{
    forcedRuns: number;
    fileMode: "default" | "mutation" | "parallel";
    runs: number;
    origin: RequestOrigin;
    fields: Readonly<Record<string, unknown>>;
  }> = {},
) {
  const training = item.mode === "parallel" ? {} : { repo: "mine", model: "mlp" };
  return requestExperiment({ ...training, ...item }, 1, {
    models: { mine: repository(fields) },
    file: { mode: fileMode },
    settings: settings({ runs }),
    forcedRuns,
    origin,
  });
}

test.each([
  [
    ["learning_rate", "epochs"],
    ["epochs", "learning_rate"],
  ],
  ["learning_rate , epochs", ["epochs", "learning_rate"]],
  ["all", ["epochs", "learning_rate", "seed"]],
  [["all"], ["epochs", "learning_rate", "seed"]],
  ["epochs,epochs", ["epochs"]],
  [undefined, ["epochs", "learning_rate", "seed"]],
])("mutate %j means %j", (mutate, expected) => {
  expect(request({ mutate })).toMatchObject({ experiment: { mode: "mutation", mutate: expected } });
});

test.each([
  [{ forcedRuns: 7, runs: 3 }, 5, 7],
  [{ runs: 3 }, 5, 5],
  [{ runs: 3 }, undefined, 3],
  [{}, undefined, 1],
])("runs: %j, item %j gives %d", (context, ofItem, runs) => {
  expect(request({ runs_per_config: ofItem }, context)).toMatchObject({ experiment: { runs } });
});

test("mode default takes values in their canonical form, and null", () => {
  const item = { mode: "default", hyperparameters: { epochs: "30", learning_rate: 0.5, seed: null } } as const;
  expect(request(item)).toMatchObject({
    experiment: { mode: "default", mutate: [], overrides: { epochs: 30, learning_rate: 0.5, seed: null } },
  });
});

test("the mode is the item's, else the file's", () => {
  expect(request({}, { fileMode: "default" })).toMatchObject({ experiment: { mode: "default", mutate: [] } });
  expect(request({ mode: "mutation" }, { fileMode: "default" })).toMatchObject({ experiment: { mode: "mutation" } });
});

test.each([
  [{ repo: "mien" }, "experiments[1].repo", 'unknown repository "mien"; did you mean "mine"?'],
  [{ repo: "constructor" }, "experiments[1].repo", 'unknown repository "constructor"; valid: mine'],
  [{ model: "mpl" }, "experiments[1].model", 'unknown model "mpl" of mine; did you mean "mlp"?'],
  [{ mutate: "epoch" }, "experiments[1].mutate", 'unknown hyperparameter "epoch"; did you mean "epochs"?'],
  [{ mode: "default", mutate: "all" }, "experiments[1].mutate", 'expected none in mode "default"'],
  [
    { hyperparameters: { epochs: 1 } },
    "experiments[1].hyperparameters",
    'expected none in mode "mutation"; fixed values belong to mode "default"',
  ],
  [
    { mode: "default", hyperparameters: { epoch: 1 } },
    "experiments[1].hyperparameters.epoch",
    'unknown hyperparameter "epoch"; did you mean "epochs"?',
  ],
  [
    { mode: "default", hyperparameters: { toString: 1 } },
    "experiments[1].hyperparameters.toString",
    'unknown hyperparameter "toString"; valid: epochs, learning_rate, seed',
  ],
  [
    { mode: "default", hyperparameters: { epochs: 1.5 } },
    "experiments[1].hyperparameters.epochs",
    "Expected an integer for type int, found 1.5",
  ],
] as const)("%j is a problem", (item, path, message) => {
  expect(request(item)).toEqual({ problems: [{ file: "e.json", path, message }] });
});

test("on the command line a problem names the flag", () => {
  expect(request({ model: "mpl" }, { origin: { file: undefined, configFile: "models.json" } })).toMatchObject({
    problems: [{ file: undefined, path: "--model" }],
  });
});

test("a parameter without a flag is a problem of the configuration", () => {
  const { flag: _, ...epochs } = hyperparameters.epochs;
  expect(request({}, { fields: { supported_hyperparams: { epochs } } })).toEqual({
    problems: [
      {
        file: "models.json",
        path: "models.mine.supported_hyperparams.epochs.flag",
        message: "expected the command-line flag, found nothing",
      },
    ],
  });
});

test("a seed that is no int is a problem of the configuration", () => {
  const seed = { flag: "--seed", type: "float", range: [0, 1] };
  expect(request({}, { fields: { supported_hyperparams: { seed } } })).toEqual({
    problems: [
      {
        file: "models.json",
        path: "models.mine.supported_hyperparams.seed.type",
        message: 'expected int for a seed, found "float"',
      },
    ],
  });
});

test("two parameters with one flag are a problem: one of them would never reach the training", () => {
  const twin = { ...hyperparameters.epochs, flag: hyperparameters.learning_rate.flag };
  expect(request({}, { fields: { supported_hyperparams: { ...hyperparameters, epochs: twin } } })).toEqual({
    problems: [
      {
        file: "models.json",
        path: "models.mine.supported_hyperparams.learning_rate.flag",
        message: "expected a flag of its own, found --lr, which is the flag of epochs",
      },
    ],
  });
});

describe("a change of the space", () => {
  test("replaces fields of parameters, in either form, and adds constraints", () => {
    const narrow = { epochs: { range: [1, 5] }, learning_rate: { value: 0.5 } };
    const changed = {
      epochs: { ...hyperparameters.epochs, range: [1, 5] },
      learning_rate: { value: 0.5, flag: "--lr" },
    };
    expect(request({ space: narrow })).toMatchObject({ experiment: { config: { supported_hyperparams: changed } } });
    const full = { parameters: narrow, constraints: ["epochs <= 3"] };
    const fields = { constraints: ["epochs >= 2"] };
    expect(request({ space: full }, { fields })).toMatchObject({
      experiment: { config: { supported_hyperparams: changed, constraints: ["epochs >= 2", "epochs <= 3"] } },
    });
  });

  test.each([
    [{ epoch: { range: [1, 5] } }, "space.epoch", 'unknown hyperparameter "epoch"; did you mean "epochs"?'],
    [{ epochs: { rnage: [1, 5] } }, "space.epochs.rnage", 'unknown key "rnage"; did you mean "range"?'],
    [{ epochs: { range: [5, 1] } }, "space.epochs.range", "expected lower <= upper, found [5, 1]"],
    [{ epochs: 3 }, "space.epochs", 'expected an object such as { "range": [1, 5] }'],
    [{ parameters: { epochs: { step: 0 } } }, "space.parameters.epochs.step", "expected a number > 0, found 0"],
    [{ parameters: [] }, "space.parameters", "expected an object of parameters by name"],
    [
      { constraints: ["epochs < x"] },
      "space.constraints[0]",
      'expected drawable parameters (epochs, learning_rate) in "epochs < x", found "x"',
    ],
    [
      { constraints: [], parametres: {} },
      "space.parametres",
      'unknown key "parametres"; valid: parameters, constraints',
    ],
  ])("%j is refused", (space, path, message) => {
    expect(request({ space })).toEqual({ problems: [{ file: "e.json", path: `experiments[1].${path}`, message }] });
  });
});

describe("mode parallel", () => {
  const foreground = { repo: "mine", model: "mlp", mutate: ["epochs"] };
  const background = { repo: "mine", model: "cnn", hyperparameters: { epochs: 20 } };
  const parallel = { mode: "parallel", foreground, background } as const;

  test("has a foreground that is an experiment, and a background with fixed values", () => {
    expect(request({ ...parallel, runs_per_config: 5 })).toMatchObject({
      experiment: {
        model: "mlp",
        mode: "mutation",
        mutate: ["epochs"],
        runs: 5,
        background: {
          workingCopy: "auto",
          headStartSeconds: 30,
          experiment: { model: "cnn", mode: "default", overrides: { epochs: 20 }, runs: 1 },
        },
      },
    });
  });

  test("the foreground's number of runs beats the experiment's", () => {
    const item = { ...parallel, foreground: { ...foreground, runs_per_config: 2 }, runs_per_config: 5 };
    expect(request(item)).toMatchObject({ experiment: { runs: 2 } });
  });

  test("repo and model may stand beside the foreground, as the original repeats them", () => {
    expect(request({ ...parallel, repo: "mine", model: "mlp" })).toMatchObject({ experiment: { model: "mlp" } });
    expect(request({ ...parallel, repo: "mine", model: "cnn", foreground: {} })).toMatchObject({
      experiment: { model: "cnn", mutate: ["epochs", "learning_rate", "seed"] },
    });
  });

  test("what the background is asked for is kept", () => {
    const asked = { ...background, working_copy: "copy", head_start_seconds: 5 } as const;
    expect(request({ ...parallel, background: asked })).toMatchObject({
      experiment: { background: { workingCopy: "copy", headStartSeconds: 5 } },
    });
  });

  test.each([
    [{ foreground: undefined }, ["foreground: expected what is measured (repo, model, …), found nothing"]],
    [{ background: undefined }, ["background: expected what runs beside it (repo, model, …), found nothing"]],
    [{ mutate: "all" }, ['mutate: expected none in mode "parallel"; it belongs to "foreground"']],
    [{ repo: "theirs" }, [`repo: expected the foreground's, "mine", found "theirs"`]],
    [{ foreground: { model: "mlp" } }, ["foreground.repo: expected a repository, found nothing"]],
    [
      { foreground: { ...foreground, mutate: "epoch" } },
      ['foreground.mutate: unknown hyperparameter "epoch"; did you mean "epochs"?'],
    ],
    [
      { background: { ...background, repo: "mien" } },
      ['background.repo: unknown repository "mien"; did you mean "mine"?'],
    ],
    [
      { background: { ...background, model: "cnnn" }, foreground: { ...foreground, model: "mpl" } },
      [
        'background.model: unknown model "cnnn" of mine; did you mean "cnn"?',
        'foreground.model: unknown model "mpl" of mine; did you mean "mlp"?',
      ],
    ],
    [
      { background: { ...background, hyperparameters: { epoch: 1 } } },
      ['background.hyperparameters.epoch: unknown hyperparameter "epoch"; did you mean "epochs"?'],
    ],
  ])("%j is refused", (fields, expected) => {
    const result = request({ ...parallel, ...fields });
    const problems = "problems" in result ? result.problems : [];
    expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      expected.map((problem) => `experiments[1].${problem}`),
    );
  });

  test("only it has a background", () => {
    expect(request({ background })).toMatchObject({
      problems: [
        { path: "experiments[1].background", message: 'expected none in mode "mutation", only in mode "parallel"' },
      ],
    });
  });

  test("a file may have it for all its experiments", () => {
    expect(
      request({ repo: undefined, model: undefined, foreground, background }, { fileMode: "parallel" }),
    ).toMatchObject({ experiment: { background: {} } });
  });
});
