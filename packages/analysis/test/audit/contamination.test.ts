import { describe, expect, it } from "vitest";
import { type AuditRun, auditRuns } from "../../src/index.ts";
import { exampleTrace, foreign, series } from "./example-runs.ts";

const contaminated = (runs: readonly AuditRun[]): readonly string[] =>
  auditRuns(runs)
    .filter(({ code }) => code === "contaminated")
    .map(({ experiment_id: id }) => id);

const clean = {};
const beside = {
  mode: "parallel",
  background: "digits/cnn",
  traces: [exampleTrace({ minWatts: 150, startWatts: 200, startUtilizationPercent: 99 })],
} as const;

describe("without a load beside it", () => {
  it("a GPU at work before the training can have reached it, and never at rest, had another process", () => {
    expect(contaminated(series([clean, clean, { traces: [foreign] }, clean]))).toEqual(["run 2"]);
  });

  it("the finding has the numbers, is an error, and says what was seen", () => {
    const found = auditRuns(series([clean, clean, { traces: [foreign] }])).find(({ code }) => code === "contaminated");
    expect(found).toMatchObject({
      severity: "error",
      message: expect.stringContaining(
        "it drew 180 W and was busy for 100 % of the time, and at no time less than 175 W",
      ),
      evidence: { start_watts: 180, min_watts: 175, waiting_watts: 75 },
    });
  });

  it.each([
    ["came to rest at some time", { minWatts: 60 }],
    ["was idle at the start", { startUtilizationPercent: 0, startWatts: 75 }],
    ["drew power at the start without being at work", { startUtilizationPercent: 10 }],
  ])("a GPU that %s had none", (_, changes) => {
    expect(contaminated(series([clean, clean, { traces: [{ ...foreign, ...changes }] }]))).toEqual([]);
  });

  it("is still told from power alone where there is no utilisation", () => {
    const traces = [{ ...foreign, startUtilizationPercent: undefined }];
    expect(contaminated(series([clean, clean, { traces }]))).toEqual(["run 2"]);
  });

  it("another machine's GPU that waits at a higher power is no evidence", () => {
    const other = { machine: "other", traces: [exampleTrace({ startWatts: 180, minWatts: 170 })] };
    expect(contaminated(series([clean, clean, other, other, other]))).toEqual([]);
  });

  it("a run without telemetry is not judged", () => {
    expect(contaminated(series([clean, clean, { traces: [] }]))).toEqual([]);
  });
});

describe("beside a load", () => {
  it("between two contaminated runs it is contaminated", () => {
    const runs = series([clean, clean, clean, clean, { traces: [foreign] }, beside, { traces: [foreign] }]);
    expect(contaminated(runs)).toEqual(["run 4", "run 6", "run 5"]);
  });

  it("a busy GPU alone says nothing, as its load is meant", () => {
    expect(contaminated(series([clean, beside, clean, beside, clean]))).toEqual([]);
  });

  it("a GPU that came to rest had no other process", () => {
    const rested = { ...beside, traces: [exampleTrace({ minWatts: 6 })] };
    expect(
      contaminated(series([clean, clean, clean, { traces: [foreign] }, rested, { traces: [foreign] }])),
    ).not.toContain("run 4");
  });

  it("next to one contaminated run it is, if it is much slower than clean runs of its kind", () => {
    const peers = [beside, beside, beside];
    const slow = { ...beside, durationSeconds: 2000 };
    const runs = series([clean, ...peers, clean, clean, clean, { traces: [foreign] }, slow, clean]);
    expect(contaminated(runs)).toEqual(["run 7", "run 8"]);
  });

  it("next to one contaminated run it is not, if it is as fast as clean runs of its kind", () => {
    const runs = series([clean, beside, beside, beside, clean, clean, clean, { traces: [foreign] }, beside, clean]);
    expect(contaminated(runs)).toEqual(["run 7"]);
  });

  it("runs of another day say nothing about it", () => {
    const day = 86_400_000;
    const runs = series([
      clean,
      clean,
      clean,
      { traces: [foreign] },
      { ...beside, startMs: 3 * day },
      { traces: [foreign], startMs: 6 * day },
    ]);
    expect(contaminated(runs)).not.toContain("run 4");
  });
});

it("what the record says itself is told once", () => {
  const flags = [{ code: "contaminated", severity: "warning" as const, message: "pid 12 on the GPU", evidence: {} }];
  const found = auditRuns(series([clean, clean, { traces: [foreign], flags }, { flags }])).filter(
    ({ code }) => code === "contaminated",
  );
  expect(found.map(({ experiment_id: id, severity }) => [id, severity])).toEqual([
    ["run 2", "error"],
    ["run 3", "warning"],
  ]);
});

it("next to one contaminated run, without clean runs to compare with, a run beside a load is doubted", () => {
  const runs = series([clean, clean, clean, { traces: [foreign] }, beside, clean]);
  expect(contaminated(runs)).toEqual(["run 3"]);
  expect(auditRuns(runs).filter(({ code }) => code === "perhaps-contaminated")).toMatchObject([
    { experiment_id: "run 4", severity: "warning", evidence: { neighbours: ["run 3"] } },
  ]);
});

it("most runs may be contaminated, as long as some were seen to start on an idle GPU", () => {
  const all = series([clean, ...Array.from({ length: 9 }, () => ({ traces: [foreign] }))]);
  expect(contaminated(all)).toHaveLength(9);
});
