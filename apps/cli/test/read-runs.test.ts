import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project } from "./project.ts";

let project: Project;
let session = "";
let rows: readonly string[] = [];
beforeAll(async () => {
  project = await makeProject();
  const { result } = await project.run("good", "-n", "3", "--repetitions", "2", "--gate", "off", "--keep-failed");
  session = result.session;
  rows = result.records.map(dirname);
});
afterAll(() => project.remove());

/** Resolves once a file contains a text. */
async function untilExists(path: string, text: string): Promise<void> {
  while (!(existsSync(path) && readFileSync(path, "utf8").includes(text))) await sleep(10);
  await sleep(200); // the log is made right after it
}

const id = (row: number): string => `${session}_${basename(rows[row] ?? "")}`;

describe("ea show", () => {
  it("tells a run by its id, a part of it, its directory, a file in it, or its number", async () => {
    const given = [id(1), basename(rows[1] ?? ""), rows[1] ?? "", `${rows[1]}/attempt_1/training.log`, "1"];
    for (const each of given) {
      const { code, out } = await project.ea(["show", each]);
      expect({ code, first: out.split("\n")[0] }).toEqual({ code: 0, first: id(1) });
    }
  });

  it("shows values, energies with reasons, metrics, where it was and how to run it again", async () => {
    const { out } = await project.ea(["show", "0"]);
    expect(out).toMatch(/^tiny\/good, row 0, repetition 0, success in /m);
    expect(out).toMatch(/^ {2}epochs +\d+ +mutated$/m);
    expect(out).toMatch(/^ {2}dram +- .* unavailable: /m);
    expect(out).toMatch(/^ {2}accuracy +0\.9$/m);
    expect(out).toMatch(/^Command: .*train\.mjs --model good --epochs \d+/m);
  });

  it("--json is the record", async () => {
    const { out } = await project.ea(["show", "2", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ experiment_id: id(2), row: 2, status: "success" });
  });

  it.each([
    ["good", "found 6: "],
    ["20991231_nothing", "found none below results"],
    ["17", "expected a run 17 that has begun, found none"],
    ["config", "expected the directory of one run, found something else"],
  ])("%s: %s", async (given, message) => {
    expect(await project.ea(["show", given])).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

describe("ea log", () => {
  it("prints what the training has printed", async () => {
    const { code, out } = await project.ea(["log", "0"]);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^argv: \[.*\]\naccuracy: 0\.5\naccuracy: 0\.9\nloss: 0\.25\n$/),
    });
  });

  it("names the attempts that there are", async () => {
    expect(await project.ea(["log", "0", "--attempt", "2"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("expected attempt 2, found 1"),
    });
  });

  it("follows a training until it has ended", async () => {
    const other = await makeProject();
    try {
      const run = other.start("run -r tiny -m waits -mt epochs -s 1 --no-sleep --gate off".split(" "));
      await run.says("Writing to");
      const [own = ""] = readdirSync(join(other.path, "results"));
      await untilExists(join(other.path, "results", own, "status.json"), '"attempt": 1');
      const following = other.start(["log", "0", "-f"]);
      await following.says("argv");
      await other.write("repository/go", "");
      expect(await following.finished).toMatchObject({ code: 0, out: expect.stringContaining("accuracy: 0.9\n") });
      await run.finished;
    } finally {
      await other.remove();
    }
  });
});

describe("ea compare", () => {
  it("compares all repetitions of two configurations, in energy, time and metrics", async () => {
    // Long enough for every meter to see all of it
    const run = ["-n", "2", "--repetitions", "2", "--gate", "off", "--json", "--results", "measured", "--no-sleep"];
    const { out } = await project.ea(
      ["run", "-r", "tiny", "-m", "slow", "-mt", "epochs", "-s", "1", ...run],
      FAKE_TOOLS,
    );
    const { records }: { records: string[] } = JSON.parse(out);
    const [a = "", b = ""] = [...new Map(records.map((path) => [dirname(path).slice(-8), dirname(path)])).values()];
    const told = await project.ea(["compare", a, b]);
    expect(told.out.match(/^tiny\/slow epochs=\d+: n = 2, /gm)).toHaveLength(2);
    for (const what of ["(cpu_package + dram + gpu)", "(gpu)", "accuracy 0.0 pt ± 0.0 pt, 0.9 → 0.9"]) {
      expect(told.out).toContain(what);
    }
    expect(told.err).toMatch(/^Next: ea report \S+\n$/);
    const { comparison } = JSON.parse((await project.ea(["compare", a, b, "--json"])).out);
    expect(comparison[0]).toMatchObject({ name: "cpu_package + dram + gpu", estimated: false });
  });

  it("refuses a session of several configurations, and a run that is not there", async () => {
    expect(await project.ea(["compare", session, "0"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("found 3 configurations"),
    });
    expect((await project.ea(["compare", "0", "99"])).code).toBe(2);
  });
});

describe("ea best", () => {
  it("shows the front and the cheapest that is good enough, and what it is measured by", async () => {
    const { code, out } = await project.ea(["best", "--metric", "loss", "--max-drop", "5%"]);
    expect(code).toBe(0);
    expect(out).toContain("3 configurations, loss (low is better), energy: cpu_estimate (a model, not a measurement)");
    expect(out).toMatch(/^best.* tiny\/good epochs=\d+ /m);
    expect(out).toMatch(/\nNext: ea (?:compare \S+|report) \S+\n$/);
  });

  it("as JSON holds every point of the front", async () => {
    const { metric, goal, configurations, front } = JSON.parse((await project.ea(["best", session, "--json"])).out);
    expect({ metric, goal, configurations }).toEqual({ metric: "accuracy", goal: "max", configurations: 3 });
    expect(front[0]).toMatchObject({ cost: { n: 2 }, metric: { mean: 0.9 } });
  });

  it.each([
    [["--metric", "acuracy"], 'did you mean "accuracy"?'],
    [["--max-drop", "much"], 'expected 0.01, 1pp or 1%, found "much"'],
    [["--max-drop", "-1"], 'expected 0.01, 1pp or 1%, found "-1"'],
  ])("%j: %s", async (flags, message) => {
    expect(await project.ea(["best", ...flags])).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
