import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { makeProject, type Project, readJson } from "./project.ts";

const PlanJson = z.object({ rows: z.array(z.unknown()) });
const ResultJson = z.object({ directory: z.string() });
const ShownJson = z.object({
  settings: z.array(z.object({ name: z.string(), value: z.unknown(), source: z.string() })),
});

const RUN = ["run", "-r", "tiny", "-m", "good", "-mt", "epochs"];
const PLAN = [...RUN, "--dry-run", "--json"];

describe("EA_… variables", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
    await project.write("e.json", {
      runs_per_config: 2,
      seed: 5,
      gate: "flag",
      experiments: [{ repo: "tiny", model: "good", mutate: ["epochs"] }],
    });
  });
  afterAll(() => project.remove());

  const rows = async (args: readonly string[], environment: Record<string, string>): Promise<unknown> => {
    const { out } = await project.ea(args, environment);
    return PlanJson.parse(JSON.parse(out)).rows.length;
  };

  it("stand for flags; a flag beats them, they beat the experiment file", async () => {
    expect(await rows(PLAN, { EA_RUNS: "3" })).toBe(3);
    expect(await rows([...PLAN, "-n", "4"], { EA_RUNS: "3" })).toBe(4);
    expect(await rows([...PLAN, "--runs=4"], { EA_RUNS: "3" })).toBe(4);
    expect(await rows(["run", "-ec", "e.json", "--dry-run", "--json"], { EA_RUNS: "3" })).toBe(3);
  });

  it("say alone what is trained, and what is said on the command line is not asked of them", async () => {
    const environment = { EA_REPO: "tiny", EA_MODEL: "good", EA_MUTATE: "epochs", EA_DRY_RUN: "1", EA_JSON: "true" };
    expect(await rows(["run"], environment)).toBe(1);
    expect(await rows(["run", "-ec", "e.json"], environment)).toBe(2);
    expect(await rows(PLAN, { EA_EXPERIMENT_CONFIG: "none.json" })).toBe(1);
  });

  it("count as not set when they are empty, and take nothing from a command without the flag", async () => {
    expect(await rows(PLAN, { EA_RUNS: "", EA_GATE: " " })).toBe(1);
    for (const args of [
      ["list", "--json"],
      ["doctor", "--help"],
    ]) {
      expect(await project.ea(args, { EA_RUNS: "x", EA_GATE: "x" })).toMatchObject({ code: 0, err: "" });
    }
  });

  it.each([
    [{ EA_MAX_RETRIES: "x" }, 'error: EA_MAX_RETRIES: expected an integer of at least 0, found "x"\n'],
    [{ EA_COOL_DOWN: "idel" }, 'error: EA_COOL_DOWN: expected idle | time, found "idel"; did you mean "idle"?\n'],
    [{ EA_STRICT: "yes" }, 'error: EA_STRICT: expected 1, true, 0 or false, found "yes"\n'],
    [{ EA_HEARTBEAT: "-1" }, 'error: EA_HEARTBEAT: expected seconds, at least 0 and less than a week, found "-1"\n'],
  ])("%j is refused by its own name", async (environment: Record<string, string>, err) => {
    expect(await project.ea([...RUN, "--no-sleep"], environment)).toEqual({ code: 2, out: "", err });
  });

  it("warn of a name that no flag has, with the nearest one; those of others are theirs", async () => {
    const { code, err } = await project.ea(PLAN, { EA_RUN: "3", EA_CHAOS_ROUNDS: "1", EA_TEST_DIRECTORY: "x" });
    expect({ code, err }).toEqual({
      code: 0,
      err: "warning: EA_RUN is none of our variables and is not read; did you mean EA_RUNS?\n",
    });
  });

  it("that were read stand in the plan, and stay there when the session goes on", async () => {
    const environment = { EA_SEED: "7", EA_SLEEP: "False", EA_JSON: "1" };
    const { out, code } = await project.ea(RUN, environment);
    expect(code).toBe(0);
    const { directory } = ResultJson.parse(JSON.parse(out));
    const expected = { seed: "7", request: { variables: { EA_SEED: "7", EA_SLEEP: "false", EA_JSON: "true" } } };
    expect(await readJson(join(directory, "plan.json"))).toMatchObject(expected);
    await project.ea(["resume", directory, "--runs", "2", "--no-sleep"]);
    expect(await readJson(join(directory, "plan.json"))).toMatchObject({ ...expected, planned: 2 });
  });

  it("ea config show tells the source of every value", async () => {
    const args = ["config", "show", "-ec", "e.json", "-n", "9", "--json"];
    const { out } = await project.ea(args, { EA_SEED: "7", EA_RUNS: "3" });
    const { settings } = ShownJson.parse(JSON.parse(out));
    const found = Object.fromEntries(settings.map(({ name, value, source }) => [name, [value, source]]));
    expect(found).toMatchObject({
      runs: [9, "--runs"],
      seed: ["7", "EA_SEED"],
      gate: ["flag", "e.json: gate"],
      "max-retries": [2, "default"],
      results: ["results", "default"],
      strict: [false, "default"],
    });
    const table = (await project.ea(["config", "show", "-r", "tiny"], { EA_SEED: "7" })).out;
    expect(table).toMatch(/^seed +7 +EA_SEED$/m);
    expect(table).toContain('"train_script": "train.mjs"');
  });

  it("ea config show has every flag of ea run", async () => {
    const { runOptions } = await import("../src/run-options.ts");
    const { out } = await project.ea(["config", "show", "--json"]);
    const { settings } = ShownJson.parse(JSON.parse(out));
    expect(settings.map(({ name }) => name).sort()).toEqual([...Object.keys(runOptions), "historical_csvs"].sort());
  });
});

describe("ea schema", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  it("writes those that the packages publish", async () => {
    const names = (await project.ea(["schema"])).out.trim().split("\n");
    expect(await project.ea(["schema", "--write", "s"])).toMatchObject({ code: 0 });
    for (const name of names) {
      const isConfig = ["models", "experiment"].includes(name);
      const file = `${isConfig ? "runner" : "records"}/schemas/${name === "record" ? "experiment" : name}.schema.json`;
      const published = await readFile(new URL(`../../../packages/${file}`, import.meta.url), "utf8");
      expect(await readFile(join(project.path, "s", `${name}.schema.json`), "utf8")).toBe(published);
      expect((await project.ea(["schema", name])).out).toBe(published);
    }
  });
});
