import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  MNIST_LOG,
  parallelRecord,
  put,
  putRun,
  soloRecord,
} from "../../../packages/exchange/test/original/original-files.ts";
import { makeProject, type Project } from "./project.ts";

const SESSION = "run_20251230_204245";

/** Results of the original: runs alone, beside a load, without a record, and what is nothing of it. */
function writeOriginal(root: string, sessions: number, runs: number): void {
  for (let session = 0; session < sessions; session += 1) {
    for (let run = 0; run < runs; run += 1) {
      const name = `examples_mnist_${String(run).padStart(3, "0")}`;
      const folder = `archives/run_20251230_20424${session}/${name}`;
      if (run % 3 === 0) putRun(root, { folder, log: MNIST_LOG });
      else if (run % 3 === 1)
        putRun(root, { folder: `${folder}_parallel`, record: parallelRecord(`${name}_parallel`) });
      else putRun(root, { folder, record: soloRecord(name, { hyperparameters: { epochs: run } }) });
    }
  }
}

describe("ea import", () => {
  let project: Project;
  let original: string;
  beforeAll(async () => {
    project = await makeProject();
    original = mkdtempSync(join(tmpdir(), "ea-original-"));
    putRun(original, { folder: `${SESSION}/examples_mnist_005`, log: MNIST_LOG });
    putRun(original, {
      folder: `${SESSION}/examples_mnist_007_parallel`,
      record: parallelRecord("examples_mnist_007_parallel"),
    });
    putRun(original, { folder: `${SESSION}/MRT-OAST_default_009`, record: undefined });
    put(original, "notes.txt", "x\n");
  });
  afterAll(async () => {
    rmSync(original, { recursive: true });
    await project.remove();
  });

  it("says with --dry-run what it would do, and does nothing", async () => {
    const { code, out, err } = await project.ea(["import", original, "-o", "none", "--dry-run"]);
    expect({ code, err }).toEqual({ code: 0, err: "20251230_204245_run: 3 runs\n" });
    expect(out).toMatch(/^3 runs found, 3 would be imported as 1 session, 0 there already, 0 not imported$/m);
    expect(existsSync(join(project.path, "none"))).toBe(false);
  });

  it("makes records that every other command reads", async () => {
    const { code, out } = await project.ea(["import", original, "-o", "results"]);
    expect(code).toBe(0);
    expect(out).toContain("  GPU energy: 3 integrated\n");
    expect(out).toContain("Not read (1):\n  notes.txt: nothing of a run of the original\n");
    const report: unknown = JSON.parse(readFileSync(join(project.path, "results/import.json"), "utf8"));
    expect(report).toMatchObject({ schema_version: 1, found: 3, imported: 3, not_read: [{ file: "notes.txt" }] });
    const reading: readonly (readonly [args: readonly string[], out: RegExp])[] = [
      [["summary", "20251230_204245_run"], /2 of 3 runs succeeded, 1 suspect/],
      [["show", "002_MRT-OAST"], /suspect/],
      [["show", "000_examples_mnist"], /test_accuracy +0\.9478/],
      [["log", "000_examples_mnist"], /Average loss: 0\.1544/],
      [["status", "20251230_204245_run"], /3 of 3 runs ended/],
      [["best", "20251230_204245_run"], /test_accuracy/],
      [["compare", "000_examples_mnist", "001_examples_mnist"], /no difference in energy can be told/],
      [["export", "csv", "20251230_204245_run"], /examples_mnist/],
    ];
    for (const [args, text] of reading) {
      const read = await project.ea(args);
      expect({ args, code: read.code, err: read.err.replace(/^Next: .*\n/m, "") }).toEqual({ args, code: 0, err: "" });
      expect(read.out).toMatch(text);
    }
    const written = await project.ea(["report", "results", "-o", "report.html"]);
    expect(written.code).toBe(0);
    expect(readFileSync(join(project.path, "report.html"), "utf8")).toContain("20251230_204245_run_001_examples_mnist");
  });

  it("imports nothing twice, and writes another report", async () => {
    const { code, out } = await project.ea(["import", original, "-o", "results", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ imported: 0, already_imported: 3 });
    expect(readdirSync(join(project.path, "results")).sort()).toEqual([
      "20251230_204245_run",
      "import.2.json",
      "import.json",
    ]);
  });

  it("exits 4 where a run could not be imported, and names it", async () => {
    const root = mkdtempSync(join(tmpdir(), "ea-original-"));
    putRun(root, { folder: `${SESSION}/examples_mnist_005` });
    mkdirSync(join(root, SESSION, "examples_mnist_006"));
    const { code, out } = await project.ea(["import", root, "-o", "partly"]);
    expect(code).toBe(4);
    expect(out).toMatch(/Not imported \(1\):\n {2}run_20251230_204245\/examples_mnist_006: nothing says/);
  });

  it.each([
    [["nowhere"], /nowhere: expected a directory, found none/],
    [["config/models_config.json"], /expected a directory, found a file/],
    [["."], /expected results of Green-deep-learning/],
    [[], /expected an argument/],
  ])("exits 2 for %j", async (args, message) => {
    const { code, out, err } = await project.ea(["import", ...args, "-o", "nothing"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it("exits 2 for a table or a configuration that is none", async () => {
    for (const flags of [
      ["--table", "config/models_config.json"],
      ["--config", "nowhere.json"],
    ]) {
      const { code, err } = await project.ea(["import", original, "-o", "nothing", ...flags]);
      expect(code).toBe(2);
      expect(err).toMatch(/expected/);
    }
  });

  it("takes what nothing else tells from a configuration", async () => {
    const parameters = {
      epochs: { flag: "-e", type: "int", default: 10 },
      dropout: { flag: "-d", type: "float", default: 0.5 },
    };
    const examples = {
      path: ".",
      train_script: "train.sh",
      models: ["mnist"],
      supported_hyperparams: {
        epochs: { ...parameters.epochs, range: [1, 20] },
        dropout: { ...parameters.dropout, range: [0, 1] },
      },
      performance_metrics: { log_patterns: {} },
    };
    await project.write("config/original.json", { models: { examples } });
    await project.ea(["import", original, "-o", "configured", "-c", "config/original.json"]);
    const { out } = await project.ea(["show", "000_examples_mnist", "--results", "configured"]);
    expect(out).toMatch(/dropout +0\.5/);
    expect(out).toMatch(/epochs +14/); // as the log tells, not as configured
  });
});

describe("an import that is killed", () => {
  let project: Project;
  let original: string;
  beforeAll(async () => {
    project = await makeProject();
    original = mkdtempSync(join(tmpdir(), "ea-original-"));
    writeOriginal(original, 8, 12);
  });
  afterAll(async () => {
    rmSync(original, { recursive: true });
    await project.remove();
  });

  it("leaves whole sessions alone, and the next one makes it complete without doubles", async () => {
    const killed = project.start(["import", original, "-o", "results"]);
    await killed.says("20251230_204241_run");
    killed.kill("SIGKILL");
    await killed.finished;
    const results = join(project.path, "results");
    const isWhole = (name: string): boolean => existsSync(join(results, name, "plan.json"));
    const before = readdirSync(results).filter((name) => /^\d/.test(name));
    expect(before.every(isWhole)).toBe(true);

    const { code, out } = await project.ea(["import", original, "-o", "results", "--json"]);
    const report: { imported: number; already_imported: number } = JSON.parse(out);
    expect(code).toBe(0);
    expect(report.already_imported).toBe(before.length * 12);
    expect(report.imported + report.already_imported).toBe(96);
    const sessions = readdirSync(results).filter((name) => /^\d/.test(name));
    expect(sessions.every(isWhole)).toBe(true);
    const ids = sessions.flatMap((session) =>
      readdirSync(join(results, session)).filter((name) => existsSync(join(results, session, name, "experiment.json"))),
    );
    expect(ids).toHaveLength(96);
    expect(readdirSync(join(results, ".import")).filter((name) => !name.startsWith("claim"))).toEqual([]);
  });

  it("is refused while another one writes into the same results", async () => {
    const first = project.start(["import", original, "-o", "shared"]);
    await first.says("20251230_204240_run");
    const second = await project.ea(["import", original, "-o", "shared"]);
    const { code } = await first.finished;
    expect(code).toBe(0);
    // On a slow machine the first one may have ended before the second began: then there was nothing left to do
    expect(second.code === 0 ? second.out : second.err).toMatch(/96 there already|no other import at work/);
    expect([0, 2]).toContain(second.code);
    const { out } = await project.ea(["import", original, "-o", "shared", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ imported: 0, already_imported: 96 });
  });
});
