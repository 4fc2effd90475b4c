import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { RecordJson } from "@ea/records";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProject, type Project, readJson } from "./project.ts";

describe("ea run", () => {
  let project: Project;
  let directory: string;
  let out: { readonly code: number | null; readonly out: string; readonly err: string };
  beforeAll(async () => {
    project = await makeProject();
    out = await project.ea([
      "run",
      "--repo",
      "tiny",
      "--model",
      "good",
      "--mutate",
      "epochs,learning_rate",
      "--runs",
      "5",
      "--seed",
      "42",
      "--no-sleep",
    ]);
    directory = join(project.path, "results", (await readdir(join(project.path, "results")))[0] ?? "");
  });
  afterAll(() => project.remove());

  const records = async (): Promise<readonly RecordJson[]> => {
    const names = (await readdir(directory)).filter((name) => /^\d{3}_/.test(name)).sort();
    return Promise.all(
      names.map(async (name) => RecordJson.parse(await readJson(join(directory, name, "experiment.json")))),
    );
  };

  it("ends with 0", () => expect(out.code, out.err).toBe(0));

  it("names the session after time, repository and model", () => {
    expect(directory).toMatch(/\/\d{8}_\d{6}_tiny_good$/);
  });

  it("leaves one record per planned row", async () => {
    const plan = await readJson(join(directory, "plan.json"));
    expect(await records()).toHaveLength(5);
    expect(plan["planned"]).toBe(5);
  });

  it("draws distinct mutations that are not the defaults", async () => {
    const drawn = (await records()).map(({ hyperparameters: h }) => `${h["epochs"]} ${h["learning_rate"]}`);
    expect(new Set(drawn).size).toBe(5);
    expect(drawn).not.toContain("10 0.00001");
  });

  it("records what the training was given, to the last digit", async () => {
    for (const record of await records()) {
      const { epochs, learning_rate: learningRate } = record.hyperparameters;
      const log = await readFile(join(directory, rowName(record), "attempt_1", "training.log"), "utf8");
      const passed = ["--model", "good", "--epochs", String(epochs), "--learning-rate", String(learningRate)];
      expect(log).toContain(`argv: ${JSON.stringify(passed)}`);
    }
  });

  it("takes the last match of a metric", async () => {
    for (const record of await records()) expect(record.performance_metrics).toEqual({ accuracy: 0.9, loss: 0.25 });
  });

  it("has every field of the original's record", async () => {
    const [record] = await records();
    expect(record).toMatchObject({
      experiment_id: expect.stringMatching(/^\d{8}_\d{6}_tiny_good_000_tiny_good_[0-9a-f]{8}$/),
      timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/),
      repository: "tiny",
      model: "good",
      training_success: true,
      retries: 0,
      error_message: "",
      status: "success",
      failure_class: null,
    });
    expect(Object.keys(record?.energy_metrics ?? {})).toEqual([
      "cpu_energy_pkg_joules",
      "cpu_energy_ram_joules",
      "cpu_energy_total_joules",
      "gpu_power_avg_watts",
      "gpu_power_max_watts",
      "gpu_power_min_watts",
      "gpu_energy_total_joules",
      "gpu_temp_avg_celsius",
      "gpu_temp_max_celsius",
      "gpu_util_avg_percent",
      "gpu_util_max_percent",
    ]);
    expect(record?.duration_seconds).toBeGreaterThan(0);
  });

  it("gives every missing energy a reason", async () => {
    for (const { energy } of await records()) {
      expect(energy.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["cpu_package", "dram", "gpu", "cpu_estimate"]),
      );
      expect(energy.filter(({ value, reason }) => value === null && !reason)).toEqual([]);
    }
  });

  it("writes the summary from the records", async () => {
    const lines = (await readFile(join(directory, "summary.csv"), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[0]).toContain("experiment_id,row,timestamp,repository,model");
  });

  it("prints one line per run and a table at the end", () => {
    expect(out.err.match(/^\S+ \S+ \[\d\/5\] tiny\/good {2}epochs=/gm)).toHaveLength(5);
    expect(out.out).toMatch(/^\n?row {2}model/);
    expect(out.out).toContain("5 of 5 runs succeeded");
  });

  it("plans the same for the same seed", async () => {
    const again = await project.ea([
      "run",
      "-r",
      "tiny",
      "-m",
      "good",
      "-mt",
      "epochs,learning_rate",
      "-n",
      "5",
      "-s",
      "42",
      "--dry-run",
      "--json",
    ]);
    const planned: { rows: { hyperparameters: unknown }[] } = JSON.parse(again.out);
    expect(planned.rows.map((row) => row.hyperparameters)).toEqual(
      (await records()).map((record) => record.hyperparameters),
    );
  });
});

describe("the ways to call it", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());
  const results = async (): Promise<readonly string[]> => readdir(join(project.path, "results")).catch(() => []);

  it("keeps the original's bare calls", async () => {
    const { code, out } = await project.ea([
      "--repo",
      "tiny",
      "--model",
      "good",
      "-mt",
      "epochs",
      "-mr",
      "1",
      "-n",
      "2",
      "--dry-run",
    ]);
    expect(code).toBe(0);
    expect(out).toContain("2 runs");
  });

  it("lists repositories, models, hyperparameters and space sizes", async () => {
    const { code, out } = await project.ea(["--list"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /tiny[\s\S]*models: good[\s\S]*configurations: \d+[\s\S]*epochs +--epochs +int +10 +\[1, 20\] +uniform/,
    );
  });

  it("starts nothing in a dry run", async () => {
    await project.ea(["run", "-r", "tiny", "-m", "good", "-mt", "all", "-n", "3", "--dry-run"]);
    expect(await results()).toEqual([]);
  });

  it("runs an experiment file, also found under config/", async () => {
    await project.write("config/two.json", {
      experiment_name: "two models",
      runs_per_config: 2,
      sleep: false,
      seed: 7,
      experiments: [
        { repo: "tiny", model: "good", mutate: ["epochs"], comment: "ignored" },
        { repo: "tiny", model: "good", mode: "default", runs_per_config: 1 },
      ],
    });
    const { code, out, err } = await project.ea(["run", "-ec", "two.json", "--json"]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ planned: 3, completed: 3, failed: 0, suspect: 0 });
  });

  it("keeps stdout for the one document of --json", async () => {
    const { out, result } = await project.run("good", "-n", "2");
    expect(JSON.parse(out)).toMatchObject({ planned: 2, completed: 2 });
    expect(result.records).toHaveLength(2);
  });

  it("streams one event a line with --events", async () => {
    const { out } = await project.ea(["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "--no-sleep", "--events"]);
    const types = out
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line).type);
    expect(types).toEqual(["session-started", "row-started", "attempt-started", "row-finished", "session-finished"]);
  });

  it("gives two sessions of the same second a directory each", async () => {
    const both = await Promise.all([project.run("good"), project.run("good"), project.run("good")]);
    expect(new Set(both.map(({ result }) => result.directory)).size).toBe(3);
  });

  it("draws and prints a seed when none is given", async () => {
    const { err } = await project.ea(["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "--no-sleep"]);
    expect(err).toMatch(/seed \d+/);
  });

  it("says when the space has no more, and --strict makes it an error", async () => {
    const args = ["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "-n", "30", "--dry-run"];
    const { code, err } = await project.ea(args);
    expect(code).toBe(0);
    expect(err).toContain("Warning: Could only generate 19 unique mutations: the space has no more");
    expect(err).toContain("Requested: 30, Generated: 19");
    expect(await project.ea([...args, "--strict"])).toMatchObject({ code: 2 });
  });
});

function rowName({ experiment_id: id, row }: RecordJson): string {
  return id.slice(id.indexOf(`_${String(row).padStart(3, "0")}_tiny`) + 1);
}
