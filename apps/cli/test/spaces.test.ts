import { relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { MODELS_CONFIG, makeProject, type Project } from "./project.ts";

const Plan = z.object({
  warnings: z.array(z.string()),
  experiments: z.array(z.object({ strategy: z.string(), space: z.object({ size: z.string().nullable() }) })),
  rows: z.array(
    z.object({
      hyperparameters: z.record(z.string(), z.unknown()),
      mutated: z.array(z.string()),
      key: z.string(),
      argv: z.array(z.string()),
    }),
  ),
});

describe("spaces and strategies on the command line", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
    const { supported_hyperparams: standing } = MODELS_CONFIG.models.tiny;
    const optimizer = { flag: "--optimizer", type: "categorical", choices: ["adam", "sgd"], default: "adam" };
    const momentum = {
      flag: "--momentum",
      type: "float",
      range: [0, 0.9],
      step: 0.1,
      default: 0.9,
      when: { optimizer: "sgd" },
    };
    const tiny = {
      ...MODELS_CONFIG.models.tiny,
      supported_hyperparams: { ...standing, optimizer, momentum },
      constraints: ["epochs <= 15"],
    };
    await project.write("config/models_config.json", { models: { tiny } });
  });
  afterAll(() => project.remove());

  const plan = async (...flags: readonly string[]): Promise<z.infer<typeof Plan>> => {
    const { code, out, err } = await project.ea([
      "run",
      "-r",
      "tiny",
      "-m",
      "good",
      "-s",
      "1",
      "--dry-run",
      "--json",
      ...flags,
    ]);
    expect(code, err).toBe(0);
    return Plan.parse(JSON.parse(out));
  };

  it.each(["random", "grid", "one-at-a-time", "sobol"])(
    "%s plans distinct rows that keep the constraint",
    async (strategy) => {
      const { experiments, rows } = await plan("-mt", "all", "-n", "20", "--strategy", strategy);
      expect(experiments).toMatchObject([{ strategy }]);
      expect(new Set(rows.map(({ key }) => key)).size).toBe(20);
      for (const { hyperparameters } of rows) expect(hyperparameters["epochs"]).toBeLessThanOrEqual(15);
    },
  );

  it("one-at-a-time changes one value", async () => {
    const { rows } = await plan("-mt", "all", "-n", "20", "--strategy", "one-at-a-time");
    for (const { mutated } of rows) expect(mutated).toHaveLength(1);
  });

  it("does not pass a parameter whose condition does not hold", async () => {
    const { rows } = await plan("-mt", "optimizer,momentum,epochs", "-n", "20");
    const adam = rows.filter(({ hyperparameters }) => hyperparameters["optimizer"] === "adam");
    expect(adam.length).toBeGreaterThan(0);
    for (const { hyperparameters, argv, key, mutated } of adam) {
      expect(hyperparameters).toMatchObject({ momentum: null });
      expect([...argv, ...mutated]).not.toContain("momentum");
      expect(argv).not.toContain("--momentum");
      expect(key).not.toContain("momentum");
    }
  });

  it("--space narrows ranges and adds constraints", async () => {
    const space = { parameters: { epochs: { range: [1, 9] } }, constraints: ["epochs != 5"] };
    const { experiments, rows, warnings } = await plan("-mt", "epochs", "-n", "99", "--space", JSON.stringify(space));
    expect(experiments).toMatchObject([{ space: { size: "8" } }]);
    const epochs = rows.map(({ hyperparameters }) => Number(hyperparameters["epochs"]));
    expect(epochs.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
    expect(warnings.join("\n")).toContain("Requested: 99, Generated: 8");
    expect(warnings.join("\n")).toContain("Note: The default of epochs, 10, lies outside its range [1, 9]");
  });

  it("--history leaves out what was trained, evolve breeds from it", async () => {
    const { result, code, err } = await project.run("good", "-n", "3");
    expect(code, err).toBe(0);
    const history = relative(project.path, result.directory);
    const later = await plan("-mt", "epochs", "-n", "99", "--history", history);
    expect(later.rows).toHaveLength(11); // 15 but the baseline and three
    const flags = ["--strategy", "evolve", "--objectives", "accuracy:maximize,duration_seconds:minimize"];
    expect((await plan("-mt", "epochs", "-n", "5", "--history", history, ...flags)).rows).toHaveLength(5);
  });

  it.each([
    [["--space", "{"], "--space: expected a JSON object"],
    [["--space", "[1]"], "--space: expected a JSON object such as"],
    [["--space", '{"epoch":{"range":[1,2]}}'], '--space.epoch: unknown hyperparameter "epoch"; did you mean "epochs"?'],
    [["--space", '{"constraints":["epochs < 1"]}'], '"epochs < 1" and "epochs <= 15", found none'],
    [["--objectives", "accuracy"], '--objectives: expected NAME:minimize or NAME:maximize, found "accuracy"'],
    [["--strategy", "evolve"], "--objectives: expected what strategy evolve makes better"],
    [["--history", "nowhere"], '--history: expected a session\'s directory with records, found "nowhere"'],
    [["--strategy", "gird"], "gird"],
  ])("%j is refused with exit code 2", async (flags, message) => {
    const { code, err } = await project.ea(["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "--dry-run", ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("ea list shows conditions, constraints and the size", async () => {
    const { code, out, err } = await project.ea(["list"]);
    expect(code).toBe(0);
    expect(err).toMatch(/^Next: ea run --repo \S+ --model \S+ --mutate all --runs 5 --dry-run\n$/);
    expect(out).toContain("constraint: epochs <= 15");
    expect(out).toContain("when optimizer is sgd");
    const { repositories } = z
      .object({ repositories: z.array(z.looseObject({ space_size: z.string() })) })
      .parse(JSON.parse((await project.ea(["list", "--json"])).out));
    expect(repositories).toMatchObject([{ space_size: String(15 * 2_700_001 * 11), constraints: ["epochs <= 15"] }]);
  });
});
