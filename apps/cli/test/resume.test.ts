import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RecordJson } from "@ea/records";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project, readJson } from "./project.ts";

const Document = z.object({
  sessions: z.array(z.object({ session: z.string(), planned: z.number(), completed: z.number(), failed: z.number() })),
});

describe("ea resume", () => {
  let project: Project;
  let session = "";
  let directory = "";
  beforeEach(async () => {
    project = await makeProject();
    const { result } = await project.run("flaky", "-n", "2", "-mr", "0");
    ({ session, directory } = result);
    return () => project.remove();
  });

  it("takes a session by its name or its directory, and its exit code says how the session stands", async () => {
    for (const given of [session, directory, `results/${session}`]) {
      const { code, err } = await project.ea(["resume", given, "--no-sleep"]);
      expect({ code, err }).toEqual({ code: 4, err: expect.stringContaining("2 of them have ended before") });
    }
    const { code, out } = await project.ea(["resume", session, "--no-sleep", "--retry-failed", "--json"]);
    expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, session, planned: 2, completed: 2, failed: 0 });
  });

  it("names the session that was nearly named, and takes no flags that change the plan", async () => {
    const near = await project.ea(["resume", session.slice(0, -1)]);
    expect(near).toMatchObject({ code: 2, err: expect.stringContaining(`did you mean "${session}"?`) });
    const seeded = await project.ea(["resume", session, "--seed", "7"]);
    expect(seeded).toMatchObject({ code: 2, err: expect.stringContaining("unknown argument: seed") });
  });

  it("shows what is left, and runs nothing, with --dry-run", async () => {
    const { code, out } = await project.ea(["resume", session, "--runs", "4", "--dry-run", "--json"]);
    const { rows } = z.object({ rows: z.array(z.object({ row: z.number() })) }).parse(JSON.parse(out));
    expect({ code, rows }).toEqual({ code: 0, rows: [{ row: 2 }, { row: 3 }] });
    expect(readdirSync(directory).filter((name) => name.startsWith("plan."))).toEqual(["plan.json"]);
  });

  it("refuses what has changed, with the difference, and goes on by force", async () => {
    const config = readFileSync(join(project.path, "config/models_config.json"), "utf8");
    await project.write("config/models_config.json", config.replace('"range":[1,20]', '"range":[1,30]'));
    const { code, err } = await project.ea(["resume", session, "--retry-failed", "--no-sleep"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("epochs.range: was [1,20], is [1,30]") });
    expect((await project.ea(["resume", session, "--retry-failed", "--no-sleep", "--force"])).code).toBe(0);
  });

  it("finds the energy of an attempt that ea was killed in", async () => {
    const run = [
      "run",
      "-r",
      "tiny",
      "-m",
      "good",
      "-mt",
      "epochs",
      "-s",
      "1",
      "--no-sleep",
      "--gate",
      "off",
      "--json",
    ];
    const { out } = await project.ea([...run, "--results", "measured"], FAKE_TOOLS);
    const { records } = z.object({ records: z.array(z.string()) }).parse(JSON.parse(out));
    const [path = ""] = records;
    const row = join(path, "..");
    for (const file of ["experiment.json", "attempt_1/attempt.json"]) rmSync(join(row, file));
    writeFileSync(join(row, "attempt_1/attempt.json.5a5e.tmp"), "{");
    const resumed = await project.ea(["resume", join(row, ".."), "--no-sleep", "--gate", "off"], FAKE_TOOLS);
    expect(resumed.code).toBe(0);
    const { attempts } = RecordJson.parse(await readJson(path));
    const [killed] = attempts;
    expect(attempts).toHaveLength(2);
    expect(killed).toMatchObject({ failure_class: "interrupted", duration_seconds: null });
    expect(killed?.energy.find(({ name }) => name === "gpu")?.value).toBeGreaterThan(0);
    expect(killed?.flags.map(({ code }) => code)).toContain("energy-partial");
  });
});

describe("ea summary and ea export (and what all three refuse)", () => {
  let project: Project;
  let sessions: readonly string[] = [];
  beforeAll(async () => {
    project = await makeProject();
    const good = await project.run("good", "-n", "2");
    const bad = await project.run("exit3", "-n", "1", "-mr", "1");
    sessions = [good.result.session, bad.result.session];
  });
  afterAll(() => project.remove());

  it("print the records of all sessions as one table, and rebuild each summary.csv", async () => {
    for (const session of sessions) rmSync(join(project.path, "results", session, "summary.csv"));
    const { code, out } = await project.ea(["summary", ...sessions]);
    expect(code).toBe(0);
    expect(out.match(/^\d+ +tiny\/\S+/gm)).toHaveLength(3);
    expect(out).toContain(`${sessions[0]}: 2 of 2 runs succeeded`);
    expect(out).toContain(`${sessions[1]}: 0 of 1 runs succeeded, 1 failed`);
    const lines = sessions.map((session) => {
      return readFileSync(join(project.path, "results", session, "summary.csv"), "utf8")
        .trimEnd()
        .split("\n").length;
    });
    expect(lines).toEqual([3, 2]);
  });

  it("say the counts as JSON", async () => {
    const { out } = await project.ea(["summary", ...sessions, "--json"]);
    expect(Document.parse(JSON.parse(out)).sessions).toMatchObject([
      { session: sessions[0], planned: 2, completed: 2, failed: 0 },
      { session: sessions[1], planned: 1, completed: 0, failed: 1 },
    ]);
  });

  it("write one row per record, or one per attempt, as CSV or as lines of JSON", async () => {
    const countOf = async (...args: readonly string[]): Promise<number> =>
      (await project.ea(["export", ...args])).out.trimEnd().split("\n").length;
    expect(await countOf("csv", ...sessions)).toBe(1 + 3);
    expect(await countOf("csv", ...sessions, "--tidy")).toBe(1 + 4);
    expect(await countOf("jsonl", ...sessions, "--wide")).toBe(3);
    const { out } = await project.ea(["export", "jsonl", ...sessions, "--tidy", "-o", "all.jsonl"]);
    expect(out).toBe("");
    const rows = readFileSync(join(project.path, "all.jsonl"), "utf8").trimEnd().split("\n");
    expect(rows.map((line): unknown => JSON.parse(line))).toMatchObject([
      { status: "success", attempt: 1, perf_accuracy: 0.9, cpu_energy_pkg_joules: expect.toSatisfy(isNumberOrNull) },
      { status: "success" },
      { status: "failed", attempt: 1, attempts: 2, exit_code: 3, perf_accuracy: null },
      { status: "failed", attempt: 2 },
    ]);
  });

  it.each([
    [
      ["export", "xml", "x"],
      '--format: expected csv | jsonl | parquet | optuna | mlflow | prometheus | wandb, found "xml"',
    ],
    [["export", "csv"], "export: expected an argument, found none; see ea export --help"],
    [["resume"], "resume: expected an argument, found none"],
    [["resume", "nowhere"], "nowhere: expected a session's directory, or its name below results, found neither"],
    [["resume", "x", "--retry-faild"], 'unknown argument: retry-faild; did you mean "retry-failed"?'],
    [["export", "csv", "x", "--wide", "--tidy"], "--tidy: expected not both --wide and --tidy"],
    [["summary", "nowhere"], "found neither"],
    [["summary", "."], "expected a session's plan, found no such file"],
  ])("refuse %j", async (args, message) => {
    const { code, err } = await project.ea(args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });
});

function isNumberOrNull(value: unknown): boolean {
  return value === null || typeof value === "number";
}
