import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeMlflow } from "../../../packages/exchange/test/fake-mlflow.ts";
import { makeProject, type Project } from "./project.ts";

describe("ea export", () => {
  let project: Project;
  let sessions: readonly string[] = [];
  beforeAll(async () => {
    project = await makeProject();
    const good = await project.run("good", "-n", "1");
    const bad = await project.run("exit3", "-n", "1", "-mr", "1");
    sessions = [good.result.session, bad.result.session];
    mkdirSync(join(project.path, "out"));
  });
  afterAll(() => project.remove());

  const textOf = (name: string): string => readFileSync(join(project.path, "out", name), "utf8");

  it.each([
    ["parquet", /^PAR1/],
    ["optuna", /^\{"op_code":0,"study_name":"\S+\/tiny\/good"/],
    ["prometheus", /^ea_sweep_experiments\{state="failed"\} 1$/m],
    ["wandb", /"exit_code":1\}\n$/],
  ])("%s writes a file, and nothing beside it that is half written", async (format, content) => {
    const finished = await project.ea(["export", format, ...sessions, "-o", `out/${format}`]);
    expect(finished).toMatchObject({ code: 0, out: "", err: "" });
    expect(textOf(format)).toMatch(content);
    expect(readdirSync(join(project.path, "out")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("parquet has one row per attempt with --tidy", async () => {
    const { code } = await project.ea(["export", "parquet", ...sessions, "--tidy", "-o", "out/tidy"]);
    expect(code).toBe(0);
    expect(textOf("tidy")).toContain("exit_code");
  });

  it("optuna takes the metric that is asked for", async () => {
    await project.ea(["export", "optuna", ...sessions, "--metric", "loss:min", "-o", "out/loss"]);
    const names = textOf("loss").match(/"study:metric_names":\[[^\]]*\]/)?.[0];
    expect(names).toContain('"loss"');
  });

  it("wandb leaves another script beside its lines as it is", async () => {
    writeFileSync(join(project.path, "out", "mine.py"), "mine");
    const { code, err } = await project.ea(["export", "wandb", ...sessions, "-o", "out/mine"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("there is no other mine.py") });
    expect(textOf("mine.py")).toBe("mine");
  });

  it("mlflow finds its server and its password in the environment, and the flag goes before", async () => {
    const server = await fakeMlflow();
    const environment = { MLFLOW_TRACKING_URI: server.url, MLFLOW_TRACKING_TOKEN: "secret" };
    const first = await project.ea(["export", "mlflow", ...sessions], environment);
    expect(first).toMatchObject({ code: 0, out: "2 runs created, 0 replaced, 0 unchanged\n" });
    expect(server.requests[0]?.authorization).toBe("Bearer secret");
    const again = ["export", "mlflow", ...sessions, "--url", server.url];
    const second = await project.ea(again, { MLFLOW_TRACKING_URI: "http://127.0.0.1:1" });
    expect(second.out).toBe("0 runs created, 0 replaced, 2 unchanged\n");
    await server.close();
    const third = await project.ea(again);
    expect(third).toMatchObject({ code: 1, err: `error: MLflow at ${server.url}: nothing listens there\n` });
  });

  it.each([
    [["parquet", "-o", ""], "--output: expected a file for parquet, found none"],
    [["prometheus"], "--output: expected a file for prometheus, found none"],
    [["optuna"], "--output: expected a file for optuna, found none"],
    [["mlflow"], "--url: expected the address of a tracking server, here or in MLFLOW_TRACKING_URI"],
    [["mlflow", "--url", "mlruns"], 'such as http://localhost:5000, found "mlruns"'],
    [["mlflow", "-o", "x"], "--output: means nothing for mlflow"],
    [["csv", "--url", "x"], "--url: means nothing for csv"],
    [["wandb", "--tidy", "-o", "x"], "--tidy: means nothing for wandb"],
  ])("refuses %j", async ([format = "", ...flags], message) => {
    const { code, err } = await project.ea(["export", format, sessions[0] ?? "", ...flags], {
      MLFLOW_TRACKING_URI: "",
    });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });
});
