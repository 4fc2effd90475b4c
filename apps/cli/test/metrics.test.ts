import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RecordJson } from "@ea/records";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODELS_CONFIG, makeProject, type Project, readJson } from "./project.ts";

const LOG = "loss: 0.7\n\u001b[32maccuracy: 0.5\u001b[0m\r\nloss: 0.4\naccuracy: 90/100\n";
const KERAS = fileURLToPath(
  new URL("../../../packages/metrics-parser/test/fixtures/logs/keras-3.15-verbose-1.log", import.meta.url),
);

const withMetrics = (performance_metrics: unknown): unknown => ({
  models: { tiny: { ...MODELS_CONFIG.models.tiny, performance_metrics } },
});

let project: Project;
beforeAll(async () => {
  project = await makeProject();
  await project.write("train.log", LOG);
  await project.write("empty.log", "");
});
afterAll(() => project.remove());

const test = async (...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> =>
  project.ea(["metrics", "test", "--repo", "tiny", ...args]);

describe("ea metrics test", () => {
  it("shows each pattern, its matches with their lines, and what would be recorded", async () => {
    expect(await test("--model", "good", "train.log")).toEqual({
      code: 0,
      err: "",
      out: [
        "train.log: 4 lines, utf-8",
        "",
        "metric    outcome       value     line  matches  counts  required",
        "accuracy  not-a-number  (90/100)  4     2        last    one of these",
        "loss      found         0.4       3     2        last    one of these",
        "",
        "accuracy  accuracy: (\\S+)",
        "  line 2: 0.5",
        "  line 4: 90/100, no finite number",
        "",
        "loss  loss: (\\S+)",
        "  line 1: 0.7",
        "  line 3: 0.4",
        "",
        "A run that exits with 0 and leaves this log: success",
        '  performance_metrics {"loss":0.4}',
        '  metric-not-a-number: metric accuracy: "90/100" is not a number (line 4 of the log)',
        "",
      ].join("\n"),
    });
  });

  it("tells the same as JSON", async () => {
    const { code, out } = await test("--json", "train.log");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      log: "train.log",
      lines: 4,
      metrics: {
        loss: {
          pattern: "loss: (\\S+)",
          outcome: "found",
          value: 0.4,
          line: 3,
          matches: { count: 2, first: [{ line: 1, value: 0.7 }, { line: 3 }], last: [] },
        },
      },
      recorded: { status: "success", performance_metrics: { loss: 0.4 } },
    });
  });

  it("lists at most ten matches", async () => {
    await project.write("long.log", "loss: 1\n".repeat(1000));
    const { out } = await test("long.log");
    expect(out).toContain("  line 5: 1\n  … 990 more\n  line 996: 1\n");
  });

  it("reads a ready-made set, and its series", async () => {
    await project.write("keras.json", withMetrics({ preset: "keras" }));
    const { out } = await test("--config", "keras.json", "--json", KERAS);
    expect(JSON.parse(out)).toMatchObject({
      metrics: { val_loss: { value: 1.8084, series: { points: [{ x: 1, value: 2.1694 }, { x: 2 }, { x: 3 }] } } },
    });
  });

  it("says which failure a log would be", async () => {
    await project.write("nan.log", "accuracy: nan\n");
    expect((await test("nan.log")).out).toContain("failed (nan): metric accuracy is nan (line 1 of the log)");
  });

  it.each([
    ["no log", [], "expected a log, or - for stdin, found none"],
    ["an empty log", ["empty.log"], "empty.log: expected something to parse, found an empty file"],
    ["a log that is not there", ["nowhere.log"], "nowhere.log: expected a file"],
    ["a directory", ["."], "expected a log, found a directory"],
    ["a model that is not there", ["--model", "god", "train.log"], 'did you mean "good"?'],
    ["a flag it does not know", ["--jsn", "train.log"], "unknown argument: jsn; did you mean"],
    ["two logs", ["train.log", "empty.log"], "unknown argument: empty.log"],
  ])("refuses %s with exit code 2", async (_what, args, message) => {
    const { code, out, err } = await test(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  it("refuses a pattern that can take for ever, and so do run --dry-run and parse", async () => {
    await project.write("evil.json", withMetrics({ log_patterns: { evil: "(\\w+\\s?)+:" } }));
    const commands = [
      ["metrics", "test", "-c", "evil.json", "-r", "tiny", "train.log"],
      ["run", "--dry-run", "-c", "evil.json", "-r", "tiny", "-m", "good", "-mt", "epochs"],
      ["parse", "--pattern", "evil=(\\w+\\s?)+:", "--", "train.log"],
    ];
    for (const command of commands) {
      const { code, out, err } = await project.ea(command);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain("it can take for ever: \\w+ repeats inside of (\\w+\\s?)+");
    }
  });

  it("suggests the action that was meant", async () => {
    const { code, err } = await project.ea(["metrics", "tset", "train.log"]);
    expect({ code, err }).toEqual({ code: 2, err: 'error: unknown command "metrics tset"; did you mean "test"?\n' });
    expect((await project.ea(["metrics"])).code).toBe(2);
  });
});

describe("ea metrics reextract", () => {
  let row: string;
  let session: string;
  let record: string;
  const again = async (...args: readonly string[]) => project.ea(["metrics", "reextract", ...args]);
  const metrics = async (name = "metrics.json"): Promise<unknown> => readJson(join(row, name));

  beforeAll(async () => {
    const { result } = await project.run("good");
    session = result.directory;
    row = dirname(result.records[0] ?? "");
    record = await readFile(join(row, "experiment.json"), "utf8");
    await project.write(
      "best.json",
      withMetrics({ log_patterns: { best: { pattern: "accuracy: (\\S+)", aggregation: "min" } } }),
    );
  });

  it("finds what the run itself has recorded, with outcome, text and line", () => {
    expect(RecordJson.parse(JSON.parse(record)).attempts[0]?.metrics).toMatchObject({
      accuracy: { outcome: "found", value: 0.9, text: "0.9", aggregation: "last", line: expect.any(Number) },
      loss: { outcome: "found", value: 0.25, series: null },
    });
  });

  it("writes metrics.json beside the record, rebuilds the summary and leaves the record as it is", async () => {
    const { code, out, err } = await again(session, "--config", "best.json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/written +0\.9 -> - +0\.25 -> - +- -> 0\.5\n/);
    expect(await metrics()).toMatchObject({
      attempt: 1,
      performance_metrics: { best: 0.5 },
      metrics: { best: { line: 2 } },
    });
    expect(await readFile(join(row, "experiment.json"), "utf8")).toBe(record);
    expect(await readFile(join(session, "summary.csv"), "utf8")).toContain("perf_best");
  });

  it("writes nothing when it finds the same again", async () => {
    const { out } = await again(dirname(session), "--config", "best.json");
    expect(out).toContain("as before");
    expect((await readdir(row)).sort()).toEqual(["attempt_1", "experiment.json", "metrics.json"]);
  });

  it("keeps the older one when it finds something else", async () => {
    const { out } = await again(session, "--json");
    expect(JSON.parse(out)).toMatchObject({ runs: [{ before: { best: 0.5 }, after: { accuracy: 0.9, loss: 0.25 } }] });
    expect(await metrics("metrics.1.json")).toMatchObject({ performance_metrics: { best: 0.5 } });
    expect(RecordJson.parse(JSON.parse(record)).performance_metrics).toEqual({ accuracy: 0.9, loss: 0.25 });
  });

  it("says when the run would get another status, and leaves the record as it is", async () => {
    await project.write("strict.json", withMetrics({ log_patterns: { map: { pattern: "mAP: (\\S+)" } } }));
    const { code, out, err } = await again(session, "--config", "strict.json", "--json");
    const message =
      "by these metrics the run would be failed (no-metric), and its record says success: required metric map";
    expect(code).toBe(0);
    expect(err).toContain(message);
    expect(JSON.parse(out)).toMatchObject({
      runs: [{ other_status: { status: "failed", failure_class: "no-metric" } }],
    });
    expect(await metrics()).toMatchObject({
      flags: [{ code: "metric-missing" }, { code: "metric-other-status", message: expect.stringContaining(message) }],
    });
    expect(await readFile(join(row, "experiment.json"), "utf8")).toBe(record);
    const back = await again(session, "--json");
    expect({ err: back.err, runs: JSON.parse(back.out).runs }).toMatchObject({
      err: "",
      runs: [{ other_status: null }],
    });
  });

  it("warns where the log is gone, and changes nothing", async () => {
    await rm(join(row, "attempt_1", "training.log"));
    const { code, err } = await again(session, "--config", "best.json");
    expect(code).toBe(0);
    expect(err).toContain("its log is gone");
    expect(await metrics()).toMatchObject({ performance_metrics: { accuracy: 0.9 } });
  });

  it.each([
    ["a directory without records", ["repository"], "expected records of finished runs, found none"],
    ["what is no directory", ["nowhere"], "expected a directory"],
    ["no directory", [], "expected the directory of a session"],
  ])("refuses %s with exit code 2", async (_what, args, message) => {
    const { code, err } = await again(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("refuses a configuration that lacks the repository, before it writes anything", async () => {
    await project.write("other.json", { models: { other: MODELS_CONFIG.models.tiny } });
    const { code, err } = await again(session, "--config", "other.json");
    expect(code).toBe(2);
    expect(err).toContain('other.json: models: expected "tiny", whose runs are to be read again, found other');
  });
});
