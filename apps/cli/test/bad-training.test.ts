import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RecordJson } from "@ea/records";
import { cgroupState } from "@ea/runner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProject, type Project, processesWith, readJson } from "./project.ts";

const { isUsable, reason } = cgroupState();

describe("a training that", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  const recordOf = async (
    model: string,
    ...flags: readonly string[]
  ): Promise<{ code: number | null; record: RecordJson; log: string; err: string }> => {
    const { code, result, err } = await project.run(model, ...flags);
    const path = result.records[0] ?? "";
    const log = await readFile(join(dirname(path), "attempt_1", "training.log"), "utf8").catch(() => "");
    return { code, record: RecordJson.parse(await readJson(path)), log, err };
  };

  it("exits with 3 is a crash, tried again twice", async () => {
    const { code, record } = await recordOf("exit3");
    expect(code).toBe(4);
    expect(record).toMatchObject({ status: "failed", failure_class: "crash", training_success: false, retries: 2 });
    expect(record.attempts.map(({ exit_code }) => exit_code)).toEqual([3, 3, 3]);
  });

  it.each([
    ["sigkill", "SIGKILL"],
    ["sigterm", "SIGTERM"],
  ])("kills itself (%s) is a signal death, not tried again", async (model, signal) => {
    const { code, record } = await recordOf(model);
    expect(code).toBe(4);
    expect(record).toMatchObject({ failure_class: "signal", retries: 0, error_message: `killed by ${signal}` });
    expect(record.attempts[0]).toMatchObject({ exit_code: null, signal });
  });

  it("swallows an exception and exits with 0 is a crash", async () => {
    const { record } = await recordOf("swallows", "--max-retries", "0");
    expect(record).toMatchObject({ failure_class: "crash", training_success: false });
    expect(record.error_message).toContain("Traceback");
  });

  it("prints 200 MB is recorded with its metric", async () => {
    const { record } = await recordOf("big");
    expect(record.performance_metrics).toEqual({ accuracy: 0.7 });
  });

  it("ends with a metric that is nan has failed, and the nan is nowhere a number", async () => {
    const { record } = await recordOf("nan");
    expect(record).toMatchObject({ failure_class: "nan", performance_metrics: {}, retries: 0 });
    expect(record.flags.map(({ code }) => code)).toContain("metric-not-finite");
  });

  it("prints no metric at all has failed", async () => {
    const { record } = await recordOf("silent", "--max-retries", "1");
    expect(record).toMatchObject({ failure_class: "no-metric", retries: 1 });
  });

  it("prints some of the metrics succeeds, flagged", async () => {
    const { code, record } = await recordOf("stdin");
    expect(code).toBe(0);
    const flags = record.flags.filter((flag) => flag.code !== "busy-host"); // this machine may have other work
    expect(flags).toMatchObject([{ code: "metric-missing", evidence: { metric: "loss" } }]);
  });

  it("never ends is ended after the timeout, not tried again", async () => {
    const { record } = await recordOf("forever", "--timeout", "0.5");
    expect(record).toMatchObject({ failure_class: "timeout", retries: 0 });
  });

  it("never ends is tried again when asked for", async () => {
    const { record } = await recordOf("forever", "--timeout", "0.3", "--retry-timeouts", "--max-retries", "1");
    expect(record).toMatchObject({ failure_class: "timeout", retries: 1 });
  });

  it("leaves children behind, detached ones that ignore SIGTERM too, takes none of them to the next row", async () => {
    const { code, result } = await project.run("orphans", "-n", "2");
    expect(code).toBe(0);
    expect(await processesWith(result.directory)).toEqual([]);
    const record = RecordJson.parse(await readJson(result.records[0] ?? ""));
    expect(record.flags.map((flag) => flag.code)).toContain("leftover-processes");
  });

  it("stops itself is ended as stalled, not tried again", async () => {
    const { record } = await recordOf("stops", "--stall", "1");
    expect(record).toMatchObject({ failure_class: "stalled", retries: 0 });
  });

  it("removes the directory that it works in, and locks that of its attempt, is recorded", async () => {
    const { record } = await recordOf("lockedOut");
    expect(record).toMatchObject({ status: "success", performance_metrics: { accuracy: 0.9 } });
  });

  it.skipIf(!isUsable)(
    `leaves a daemon behind that nothing but its control group shows, leaves nothing${isUsable ? "" : ` (skipped: ${reason})`}`,
    async () => {
      const { record } = await recordOf("hides");
      expect(record.flags.map(({ code }) => code)).toContain("leftover-processes");
      expect(await processesWith("sleep\x00977654")).toEqual([]);
    },
  );

  it("reads stdin gets none", async () => {
    expect((await recordOf("stdin")).log).toContain('stdin: ""');
  });

  it("reads its environment gets the caller's, and its row", async () => {
    const { out } = await project.ea(
      ["run", "-r", "tiny", "-m", "environment", "-mt", "epochs", "--no-sleep", "--json"],
      { CALLERS_OWN: "a $b 'c'" },
    );
    const path: string = JSON.parse(out).records[0];
    expect(await readFile(join(dirname(path), "attempt_1", "training.log"), "utf8")).toContain(
      "environment: a $b 'c' 0",
    );
  });

  it("fails once leaves its attempt's record, and its raw files are cleaned up after the success", async () => {
    const { record, err } = await recordOf("flaky");
    expect(record).toMatchObject({ status: "success", retries: 1 });
    expect(record.attempts.map(({ failure_class }) => failure_class)).toEqual(["crash", null]);
    const directory = /Cleaned up failed attempt directory: (.+)/.exec(err)?.[1];
    expect(directory ?? err).toMatch(/attempt_1$/);
    await expect(access(join(directory ?? "", "attempt.json"))).resolves.toBeUndefined();
    await expect(access(join(directory ?? "", "training.log"))).rejects.toThrow("ENOENT");
  });
});
