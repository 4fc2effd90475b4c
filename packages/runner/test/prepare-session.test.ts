import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { readRecords } from "@ea/records";
import { expect, test } from "vitest";
import type { ExperimentItem } from "../src/experiment-item.ts";
import { prepareSession } from "../src/prepare-session.ts";
import type { SettingsOverrides } from "../src/settings.ts";
import { hyperparameters, repositoryJson } from "./examples.ts";
import { GOOD, newProject, prepare, run, sessionRequest } from "./projects.ts";
import { put } from "./temporary.ts";

test("one experiment by name is planned, with its script", async () => {
  const project = await newProject(GOOD);
  const { plan, scripts, experiments } = await prepare(project, { runs: 3 });
  expect(plan).toMatchObject({ seed: "42", session: "20261123_174723_mine_mlp", toolVersion: "1.2.3" });
  expect(plan.rows).toHaveLength(3);
  expect(experiments).toHaveLength(1);
  expect(scripts.get("mine")).toEqual({
    workingDirectory: join(project, "training"),
    script: join(project, "training/train.sh"),
    variables: {},
    interpreter: [],
  });
});

test("preparing writes nothing", async () => {
  const project = await newProject(GOOD);
  await prepare(project);
  expect((await readdir(project)).sort()).toEqual(["models.json", "training"]);
});

test("an experiment file names the session and its settings, which flags beat", async () => {
  const project = await newProject(GOOD);
  await put(join(project, "config/e.json"), {
    experiment_name: "my study",
    seed: 7,
    runs_per_config: 2,
    max_retries: 0,
    experiments: [
      { repo: "mine", model: "mlp", mutate: "epochs", runs_per_config: 4 },
      { repo: "mine", model: "cnn", mode: "default" },
    ],
  });
  const request = sessionRequest(project, { experiment: undefined, experimentFile: "e.json", overrides: {} });
  const { plan, settings } = await prepareSession(request);
  expect(plan).toMatchObject({ session: "20261123_174723_my-study", seed: "7" });
  expect(plan.rows.filter(({ model }) => model === "mlp")).toHaveLength(4);
  expect(plan.rows.filter(({ model }) => model === "cnn")).toHaveLength(2);
  expect(settings.maxRetries).toBe(0);
  const forced = await prepareSession({ ...request, overrides: { runs: 1, seed: 8 } });
  expect(forced.plan).toMatchObject({ seed: "8" });
  expect(forced.plan.rows).toHaveLength(2);
});

test("a seed is drawn only when none is given", async () => {
  const project = await newProject(GOOD);
  expect((await prepareSession(sessionRequest(project, { overrides: {} }))).plan.seed).toBe("drawn");
  expect((await prepareSession(sessionRequest(project, { overrides: { seed: 0 } }))).plan.seed).toBe("0");
});

test("the number 42 and the text 42 are one seed", async () => {
  const project = await newProject(GOOD);
  expect((await prepare(project, { seed: "42" })).plan).toEqual((await prepare(project, { seed: 42 })).plan);
});

test("all problems of names, patterns and scripts are told at once, each once", async () => {
  const project = await newProject(GOOD, {
    train_script: "trian.sh",
    performance_metrics: { log_patterns: { accuracy: "(", loss: { pattern: "loss: (?P<x" } } },
    fatal_patterns: [")"],
  });
  await put(join(project, "e.json"), {
    experiments: [
      { repo: "mine", model: "mlp" },
      { repo: "mine", model: "cnn" },
      { repo: "mein", model: "mlp" },
    ],
  });
  const request = sessionRequest(project, { experiment: undefined, experimentFile: "e.json" });
  await expect(prepareSession(request)).rejects.toMatchObject({
    code: "CONFIG",
    problems: [
      { file: "e.json", path: "experiments[2].repo" },
      { file: "models.json", path: "models.mine.performance_metrics.log_patterns.accuracy" },
      { file: "models.json", path: "models.mine.performance_metrics.log_patterns.loss" },
      { file: "models.json", path: "models.mine.fatal_patterns[0]" },
      { file: "models.json", path: "models.mine.train_script" },
    ],
  });
});

test("a pattern that can take for ever is refused before anything runs", async () => {
  const project = await newProject(GOOD, {
    performance_metrics: { log_patterns: { accuracy: "(\\w+\\s?)+: (\\d)" } },
    fatal_patterns: ["(a+)+$"],
  });
  await expect(prepare(project, {})).rejects.toMatchObject({
    code: "CONFIG",
    problems: [
      { message: expect.stringContaining("it can take for ever: \\w+ repeats inside of (\\w+\\s?)+") },
      { path: "models.mine.fatal_patterns[0]", message: expect.stringContaining("it can take for ever") },
    ],
  });
});

test("what several experiments share is told once", async () => {
  const parameter = { type: "int", default: 1, range: [1, 5] };
  const project = await newProject(GOOD, { supported_hyperparams: { epochs: parameter } });
  await put(join(project, "e.json"), {
    experiments: [
      { repo: "mine", model: "mlp" },
      { repo: "mine", model: "cnn" },
    ],
  });
  const request = sessionRequest(project, { experiment: undefined, experimentFile: "e.json" });
  await expect(prepareSession(request)).rejects.toMatchObject({
    problems: [{ path: "models.mine.supported_hyperparams.epochs.flag" }],
  });
});

test("too few configurations are a warning, and an error when strict", async () => {
  const project = await newProject(GOOD);
  const overrides = { runs: 100 };
  const { plan } = await prepareSession(sessionRequest(project, { overrides }));
  expect(plan.rows).toHaveLength(15);
  expect(plan.warnings).toHaveLength(1);
  await expect(
    prepareSession(sessionRequest(project, { overrides: { ...overrides, strict: true } })),
  ).rejects.toMatchObject({
    code: "TOO_FEW_MUTATIONS",
    message: plan.warnings[0]?.replace("Warning: ", ""),
  });
});

test("configurations of earlier sessions are not drawn again, unless they failed or something else stood elsewhere", async () => {
  const project = await newProject(`[ "$4" = 5 ] && exit 1\n${GOOD}`); // epochs 5 fail
  const epochs = { ...hyperparameters.epochs, range: [5, 9] };
  await put(join(project, "models.json"), {
    models: { mine: { ...repositoryJson, supported_hyperparams: { ...hyperparameters, epochs } } },
  });
  const { result } = await run(project, { runs: 3, maxRetries: 0, seed: 1 });
  const history = [relative(project, result.directory)];
  const drawn = async (overrides: SettingsOverrides = {}, experiment: Partial<ExperimentItem> = {}) => {
    const { plan } = await prepare(project, { runs: 5, history, ...overrides }, experiment);
    return plan.rows.map(({ hyperparameters: { epochs: value } }) => Number(value)).sort((a, b) => a - b);
  };
  const done = (await readRecords(result.directory)).filter(({ status }) => status === "success");
  const trained = done.map(({ hyperparameters: { epochs: value } }) => Number(value));
  expect(trained.length).toBeGreaterThan(0);
  expect(await drawn()).toEqual([5, 6, 7, 8, 9].filter((value) => !trained.includes(value)));
  expect(await drawn({}, { space: { learning_rate: { default: 0.02 } } })).toEqual([5, 6, 7, 8, 9]);
  expect((await prepare(project, { runs: 5, history })).plan.policies).toMatchObject({ history: history[0] });
});

test("evolve breeds from the best of earlier sessions", async () => {
  const project = await newProject('echo "accuracy: 0.$4"'); // more epochs are better
  const { result } = await run(
    project,
    { runs: 6, seed: 1 },
    { experiment: { space: { epochs: { range: [10, 99] } } } },
  );
  const epochsOf = (rows: readonly { readonly hyperparameters: Readonly<Record<string, unknown>> }[]): number[] =>
    rows.map(({ hyperparameters: { epochs } }) => Number(epochs));
  const first = epochsOf(await readRecords(result.directory));
  const { plan } = await prepare(
    project,
    {
      runs: 6,
      strategy: "evolve",
      history: [result.directory],
      objectives: [{ name: "accuracy", direction: "maximize" }],
    },
    { space: { epochs: { range: [10, 99] } } },
  );
  expect(plan.experiments).toMatchObject([{ strategy: "evolve" }]);
  expect(plan.policies).toMatchObject({ objectives: "accuracy:maximize" });
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(epochsOf(plan.rows))).toBeGreaterThan(mean(first));
});

test.each([
  [{ history: ["results/none"] }, '--history: expected a session\'s directory with records, found "results/none"'],
  [
    { strategy: "evolve" },
    "--objectives: expected what strategy evolve makes better, such as accuracy:maximize, found nothing",
  ],
  [
    { strategy: "evolve", objectives: [{ name: "acuracy", direction: "maximize" }] },
    '--objectives: unknown metric "acuracy"; did you mean "accuracy"?',
  ],
] as const)("%j is refused", async (overrides, message) => {
  const project = await newProject(GOOD);
  await expect(prepare(project, overrides)).rejects.toMatchObject({ code: "CONFIG", message });
});

test("a thousand million runs of a small space are all it has", async () => {
  const { plan } = await prepare(await newProject(GOOD), { runs: 1_000_000_000 });
  expect(plan.rows).toHaveLength(15);
});

test("a thousand million runs of a large space are refused", async () => {
  const attempt = prepare(await newProject(GOOD), { runs: 1_000_000_000 }, { mutate: "all" });
  await expect(attempt).rejects.toMatchObject({ code: "CONFIG", message: expect.stringContaining("10000000") });
});

test("what cannot be drawn as asked is a fault of the request", async () => {
  const project = await newProject(GOOD, { constraints: ["epochs < 5"] });
  await expect(prepare(project)).rejects.toMatchObject({
    code: "CONFIG",
    message: 'Expected configurations that satisfy "epochs < 5", found none',
  });
});

test("what the original's file says about itself stands in the plan, its headings do not, and a count that is not planned is told", async () => {
  const project = await newProject(GOOD);
  const metadata = { description: "a study", version: "1.0", created: "2025-11-22", estimated_experiments: 48 };
  const experiments = [{ comment: "=== first ===" }, { repo: "mine", model: "mlp", mutate: "epochs" }];
  await put(join(project, "config/e.json"), { ...metadata, runs_per_config: 2, experiments });
  const request = { ...sessionRequest(project), experiment: undefined, experimentFile: "e.json" };
  const { plan } = await prepareSession(request);
  expect(plan.metadata).toEqual(metadata);
  expect(plan.rows).toHaveLength(2);
  expect(plan.warnings).toEqual(["Note: the file's estimated_experiments is 48, and 2 runs are planned"]);
});

test("a file with headings alone, and the original's word for a mode that has another name here, are refused", async () => {
  const project = await newProject(GOOD);
  const request = { ...sessionRequest(project), experiment: undefined, experimentFile: "e.json" };
  await put(join(project, "config/e.json"), { experiments: [{ _comment: "nothing" }] });
  await expect(prepareSession(request)).rejects.toMatchObject({ code: "CONFIG" });
  await put(join(project, "config/e.json"), { experiments: [[]] });
  await expect(prepareSession(request)).rejects.toThrow("experiments[0]: expected object, found []");
  await put(join(project, "config/e.json"), { experiments: [{ repo: "mine", model: "mlp", mode: "nonparallel" }] });
  await expect(prepareSession(request)).rejects.toThrow('it is called "mutation"');
});

test("headings count in the place of an experiment that is wrong", async () => {
  const project = await newProject(GOOD);
  const request = { ...sessionRequest(project), experiment: undefined, experimentFile: "e.json" };
  const experiments = [{ comment: "=== first ===" }, { _: 1 }, { repo: "mine", model: "mpl" }];
  await put(join(project, "config/e.json"), { experiments });
  await expect(prepareSession(request)).rejects.toThrow('e.json: experiments[2].model: unknown model "mpl" of mine');
});
