import { join } from "node:path";
import { expect, test } from "vitest";
import { ExperimentFile } from "../src/experiment-file.ts";
import { loadExperimentFile } from "../src/load-config.ts";
import { put, temporaryDirectory } from "./temporary.ts";

async function problems(fields: object, item: object = {}): Promise<string> {
  const project = await temporaryDirectory();
  await put(join(project, "e.json"), { experiments: [{ repo: "mine", model: "mlp", ...item }], ...fields });
  return loadExperimentFile("e.json", project).then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

test.each([
  [{ runs_per_cfg: 3 }, 'e.json: runs_per_cfg: unknown key "runs_per_cfg"; did you mean "runs_per_config"?'],
  [{ gate: "wiat" }, 'e.json: gate: expected wait | flag | refuse | off, found "wiat"; did you mean "wait"?'],
  [{ runs_per_config: "3" }, 'e.json: runs_per_config: expected number, found "3"'],
  [{ seed: 1.5 }, "e.json: seed: expected string, or int, found 1.5"],
  [{ require: ["cpu", "gpus"] }, 'e.json: require[1]: expected cpu | dram | gpu, found "gpus"; did you mean "gpu"?'],
  [{ experiments: undefined }, "e.json: experiments: expected array, found nothing"],
])("%j", async (fields, message) => {
  expect(await problems(fields)).toBe(message);
});

test.each([
  [{ mutate_params: ["lr"] }, 'experiments[0].mutate_params: unknown key "mutate_params"; it is called "mutate"'],
  [{ num_mutations: 5 }, 'experiments[0].num_mutations: unknown key "num_mutations"; it is called "runs_per_config"'],
  [{ baseline_runs: 1 }, 'experiments[0].baseline_runs: unknown key "baseline_runs"; it is called "runs_per_config"'],
  [{ modell: "x" }, 'experiments[0].modell: unknown key "modell"; did you mean "model"?'],
  [
    { mode: "defaults" },
    'experiments[0].mode: expected mutation | default | parallel, found "defaults"; did you mean "default"?',
  ],
  [
    { foreground: { repo: "r", model: "m", num_mutations: 5 } },
    'experiments[0].foreground.num_mutations: unknown key "num_mutations"; it is called "runs_per_config"',
  ],
  [
    { background: { repo: "r", model: "m", hyperparameter: {} } },
    'experiments[0].background.hyperparameter: unknown key "hyperparameter"; did you mean "hyperparameters"?',
  ],
  [{ background: { model: "m" } }, "experiments[0].background.repo: expected string, found nothing"],
  [{ mutate: 3 }, "experiments[0].mutate: expected array, or string, found 3"],
  [{ mutate: ["lr", 3] }, "experiments[0].mutate[1]: expected string, found 3"],
])("an experiment with %j", async (item, message) => {
  expect(await problems({}, item)).toBe(`e.json: ${message}`);
});

test("an experiment list without experiments is refused", async () => {
  expect(await problems({ experiments: [] })).toMatch(/^e\.json: experiments: .*, found \[\]$/);
});

test("the original's file with mixed modes is valid", async () => {
  const project = await temporaryDirectory();
  await put(join(project, "mixed.json"), {
    experiment_name: "mixed",
    description: "default and mutated",
    governor: "performance",
    runs_per_config: 1,
    max_retries: 2,
    experiments: [
      { repo: "r", model: "m", mode: "default", hyperparameters: { epochs: 200, lr: 0.1 }, comment: "baseline" },
      { repo: "r", model: "m", mode: "mutation", mutate: ["all"], _why: "all at once" },
      { repo: "r", model: "m", mutate: "epochs,lr" },
    ],
  });
  expect(await loadExperimentFile("mixed.json", project)).toEqual({
    experiment_name: "mixed",
    description: "default and mutated",
    governor: "performance",
    runs_per_config: 1,
    max_retries: 2,
    experiments: [
      { repo: "r", model: "m", mode: "default", hyperparameters: { epochs: 200, lr: 0.1 } },
      { repo: "r", model: "m", mode: "mutation", mutate: ["all"] },
      { repo: "r", model: "m", mutate: "epochs,lr" },
    ],
  });
});

test("the original's parallel experiment is valid", async () => {
  const project = await temporaryDirectory();
  const parallel = {
    mode: "parallel",
    foreground: { repo: "r", model: "m", mode: "mutation", mutate: ["epochs"] },
    background: { repo: "r", model: "n", hyperparameters: {} },
    runs_per_config: 5,
  };
  const commented = { ...parallel, comment: "slow", foreground: { ...parallel.foreground, comment: "epochs alone" } };
  await put(join(project, "parallel.json"), { version: "4.7.1-fixed", experiments: [commented] });
  expect(await loadExperimentFile("parallel.json", project)).toEqual({
    version: "4.7.1-fixed",
    experiments: [parallel],
  });
});

test("what a file says about itself is kept", () => {
  const metadata = {
    version: "4.7",
    created: "2025-12-08",
    estimated_duration_hours: 12.5,
    estimated_experiments: 59,
    target_completion: { unique: 5 },
  };
  const file = { ...metadata, experiments: [{ repo: "r", model: "m" }] };
  expect(ExperimentFile.parse(file)).toEqual(file);
});
