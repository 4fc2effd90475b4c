import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project, readJson } from "./project.ts";

describe("ea audit", () => {
  let project: Project;
  let session: string;
  beforeAll(async () => {
    project = await makeProject();
    const flags = ["-r", "tiny", "-m", "good", "-mt", "epochs", "-n", "4", "-s", "1", "--no-sleep", "--json"];
    const { out } = await project.ea(["run", ...flags], FAKE_TOOLS);
    session = String(JSON.parse(out).directory);
  });
  afterAll(() => project.remove());

  /** A copy of the session in which the record of row 0 is changed. */
  async function changed(name: string, change: (record: Record<string, unknown>) => unknown): Promise<string> {
    const copy = join(project.path, name);
    await cp(session, copy, { recursive: true });
    const path = join(copy, await firstRow(copy), "experiment.json");
    await writeFile(path, JSON.stringify(change(await readJson(path))));
    return copy;
  }
  const firstRow = async (directory: string): Promise<string> =>
    (await readdir(directory)).find((name) => name.startsWith("000")) ?? "";
  const contaminated = { code: "contaminated", severity: "error", message: "pid 7 used the GPU", evidence: {} };
  const addFlag = (record: Record<string, unknown>): unknown => ({ ...record, flags: [contaminated] });

  it("says how many runs it has audited, and exits with 0 without errors", async () => {
    const { code, out } = await project.ea(["audit", session]);
    expect(code).toBe(0);
    expect(out).toContain("4 runs audited: 0 errors");
  });

  it("an error: exit code 5, its runs, its meaning, and what to do", async () => {
    const { code, out } = await project.ea(["audit", await changed("error", addFlag)]);
    expect(code).toBe(5);
    expect(out).toContain("error contaminated (1 run): another process used the GPU during the run");
    expect(out).toContain("_000_tiny_good");
    expect(out).toContain("pid 7 used the GPU");
    expect(out).toContain("  → leave these runs out");
  });

  it("--json has the findings, their counts, and the thresholds", async () => {
    const { out } = await project.ea(["audit", "error", "--results", ".", "--json", "--threshold", "hotCelsius=70"]);
    expect(JSON.parse(out)).toMatchObject({
      schema_version: 1,
      runs: 4,
      findings: expect.arrayContaining([expect.objectContaining({ ...contaminated, source: null })]),
      summary: { contaminated: 1 },
      not_read: [],
      thresholds: { hotCelsius: 70, floorRatio: 1.3 },
    });
  });

  it("a warning is an error with --strict alone", async () => {
    const copy = await changed("warning", (record) => ({
      ...record,
      flags: [{ ...contaminated, severity: "warning" }],
    }));
    expect((await project.ea(["audit", copy])).code).toBe(0);
    expect((await project.ea(["audit", copy, "--strict"])).code).toBe(5);
  });

  it.each([
    ["--only", "hot"],
    ["--only=hot", "--severity=error"],
  ])("%s %s leaves out the others", async (...flags) => {
    const { code, out } = await project.ea(["audit", "error", "--results", ".", ...flags]);
    expect({ code, told: out.includes("contaminated") }).toEqual({ code: 0, told: false });
  });

  it("several sessions, and a directory of sessions, are audited together", async () => {
    const { out } = await project.ea(["audit", session, "error", "--results", ".", "--json"]);
    expect(JSON.parse(out).runs).toBe(8);
    const { out: all } = await project.ea(["audit", "results", "--json"]);
    expect(JSON.parse(all).runs).toBe(4);
  });

  it("a record that is torn is named, and the others are audited", async () => {
    const copy = await changed("torn", (record) => record);
    await writeFile(join(copy, await firstRow(copy), "experiment.json"), "{ torn");
    const { code, out } = await project.ea(["audit", copy]);
    expect(code).toBe(0);
    expect(out).toContain("not read: ");
    expect(out).toContain("3 runs audited");
  });

  it("a run whose telemetry is no table is audited without it", async () => {
    const copy = await changed("no-table", (record) => record);
    const attempt = join(copy, await firstRow(copy), "attempt_1");
    await writeFile(join(attempt, "gpu_power.csv"), "\u0000\u0001 no table");
    const { out } = await project.ea(["audit", copy]);
    expect(out).toContain("4 runs audited");
    expect(out).toContain("not read: ");
  });

  it("a trace that ends in the middle of a line is read up to there", async () => {
    const copy = await changed("cut", (record) => record);
    const path = join(copy, await firstRow(copy), "attempt_1", "gpu_power.csv");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.slice(0, -3));
    expect((await project.ea(["audit", copy])).out).not.toContain("not read: ");
  });

  it("a run without its raw files is audited by its record", async () => {
    const copy = await changed("bare", addFlag);
    await rm(join(copy, await firstRow(copy), "attempt_1"), { recursive: true });
    expect((await project.ea(["audit", copy])).code).toBe(5);
  });

  it.each([
    [["nowhere"], "expected a session's directory"],
    [["error", "--results", ".", "--threshold", "hotCelcius=1"], "hotCelsius"],
    [["error", "--results", ".", "--threshold", "hotCelsius=warm"], 'found "warm"'],
  ])("%j: exit code 2", async (args, words) => {
    const { code, err } = await project.ea(["audit", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe("at the end of ea run", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  it("what speaks against the session is counted, leads to its audit, and does not fail it", async () => {
    const foreigner = `GPU-00000000-0000-4000-8000-000000000000, ${process.pid}, foreign, 900`;
    const { code, err } = await project.ea(
      ["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "-n", "2", "-s", "1", "--no-sleep", "--gate", "flag"],
      { ...FAKE_TOOLS, FAKE_GPU_APPS: foreigner },
    );
    expect(code).toBe(0);
    expect(err).toMatch(/^Audit: 2 errors, .*contaminated/m);
    expect(err).toMatch(/^Next: ea audit \S+$/m);
  });

  it("a session that nothing speaks against has no such line", async () => {
    const { err } = await project.ea(
      ["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "-n", "2", "-s", "2", "--no-sleep", "--gate", "off"],
      FAKE_TOOLS,
    );
    expect(err).not.toContain("Audit: ");
    expect(err).toMatch(/^Next: ea (?!audit)/m);
  });
});
