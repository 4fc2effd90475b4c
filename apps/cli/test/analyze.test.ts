import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessionLines } from "../src/audit/session-lines.ts";
import { makeProject, type Project } from "./project.ts";

describe("ea analyze", () => {
  let project: Project;
  let session = "";
  beforeAll(async () => {
    project = await makeProject();
    const { result } = await project.run("good", "-n", "4", "--repetitions", "2", "--gate", "off");
    session = result.session;
  });
  afterAll(() => project.remove());

  const json = async (...flags: string[]) =>
    JSON.parse((await project.ea(["analyze", session, "--json", ...flags])).out);

  /** A copy of the session in which an error speaks against row 0. */
  async function flagged(): Promise<string> {
    const copy = join(project.path, "flagged");
    await cp(join(project.path, "results", session), copy, { recursive: true });
    const row = (await readdir(copy)).find((name) => name.startsWith("000")) ?? "";
    const path = join(copy, row, "experiment.json");
    const flag = { code: "contaminated", severity: "error", message: "pid 7 used the GPU", evidence: {} };
    const record = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...record, flags: [...record.flags, flag] }));
    return copy;
  }

  it("at the end of ea run, what explains the energy of its runs is told in a line", async () => {
    const copy = join(project.path, "explained");
    await cp(join(project.path, "results", session), copy, { recursive: true });
    for (const row of (await readdir(copy)).filter((name) => /^\d{3}_/.test(name))) {
      const path = join(copy, row, "experiment.json");
      const record = JSON.parse(await readFile(path, "utf8"));
      const value = 10 * record.hyperparameters.epochs + record.row / 100;
      const energy = record.energy.map((each: { name: string }) => ({
        ...each,
        value: each.name === "cpu_estimate" ? value : null,
      }));
      await writeFile(path, JSON.stringify({ ...record, energy }));
    }
    const { analysis } = await sessionLines(copy);
    expect(analysis).toMatch(
      /^Estimated energy of tiny\/good: epochs explains its logarithm, R² .*, n = 8\. More: ea analyze$/,
    );
  });

  it("tells front, effects, noise, drift, cost, and what helps next", async () => {
    const { code, out, err } = await project.ea(["analyze", session]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^All 8 runs are used\.$/m);
    expect(out).toMatch(/^tiny\/good: 8 of 8 runs, 4 configurations, energy: /m);
    expect(out).toMatch(/^ {2}front .* on the front/m);
    expect(out).toMatch(/^ {2}hypervolume .* reference /m);
    expect(out).toMatch(
      /^ {2}noise of time: .* within a session \(.*; 8 runs of 4 configurations\), \d+ repeats show 2 %$/m,
    );
    expect(out).toMatch(/^ {2}cost: 8 attempts, /m);
    expect(out).toMatch(/^Next: ea /m);
  });

  it("--json has a stable shape", async () => {
    const document = await json();
    expect(Object.keys(document)).toEqual([
      "schema_version",
      "runs",
      "sessions",
      "excludes_flagged",
      "used",
      "excluded",
      "groups",
      "noise",
      "total",
      "detect",
      "power",
      "drop",
      "seed",
      "not_read",
    ]);
    expect(Object.keys(document.groups[0])).toEqual([
      "group",
      "repository",
      "model",
      "is_parallel",
      "runs",
      "used",
      "configurations",
      "effects",
      "noise",
      "drift",
      "basis",
      "basis_text",
      "front",
    ]);
    expect(document.groups[0].effects.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "joules",
      "seconds",
      "watts",
    ]);
    expect(document.groups[0].front).toMatchObject({ goal: expect.any(String), hypervolume: expect.any(Number) });
  });

  it("is the same again for the same seed", async () => {
    expect(await json("--seed", "3")).toEqual(await json("--seed", "3"));
  });

  it("leaves out what an error speaks against, says so, and keeps it when asked to", async () => {
    const copy = await flagged();
    const { out } = await project.ea(["analyze", copy]);
    expect(out).toContain("7 of 8 runs are used, 1 excluded:\n  contaminated (1 run)\n");
    expect(out).toContain("pid 7 used the GPU");
    const kept = await project.ea(["analyze", copy, "--no-exclude-flagged"]);
    expect(kept.out).toContain("All 8 runs are used; flagged runs are kept (--no-exclude-flagged).");
  });

  it("takes the reference of another analysis, or a point", async () => {
    const first = await json("--reference", "1000000,0");
    expect(first.groups[0].front.reference).toEqual({ cost: 1_000_000, metric: 0 });
    await writeFile(join(project.path, "earlier.json"), JSON.stringify(first));
    const second = await json("--reference", "earlier.json");
    expect(second.groups[0].front.hypervolume).toBe(first.groups[0].front.hypervolume);
  });

  it.each([
    [["--metric", "acuracy"], 'found "acuracy"; did you mean "accuracy"?'],
    [["--group", "tiny/god"], "tiny/good"],
    [["--detect", "much"], 'expected per cent such as 2, found "much"'],
    [["--max-drop", "a"], "expected 0.01, 1pp or 1%"],
    [["--reference", "nowhere.json"], "expected COST,METRIC or a file that --json wrote"],
    [["--goal", "most"], "most"],
  ])("refuses %j", async (flags, message) => {
    expect(await project.ea(["analyze", session, ...flags])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    });
  });
});
