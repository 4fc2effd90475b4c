import { describe, expect, it } from "vitest";
import { type AuditRun, auditRuns, type Finding, type Thresholds } from "../../src/index.ts";
import { exampleTrace, published, series } from "./example-runs.ts";

/** Findings of a code. */
function found(
  code: string,
  changes: readonly Partial<AuditRun>[],
  thresholds?: Partial<Thresholds>,
): readonly Finding[] {
  return auditRuns(series(changes), thresholds).filter((each) => each.code === code);
}
const ids = (findings: readonly Finding[]): readonly string[] => findings.map(({ experiment_id: id }) => id);

it("clean runs have no finding", () => {
  expect(auditRuns(series(Array.from({ length: 8 }, () => ({}))))).toEqual([]);
});

describe("duplicates", () => {
  it("ids that were published twice are told of both runs", () => {
    const rows = [published({ id: "mlp_001", timestamp: "a" })];
    const others = [published({ id: "mlp_001", timestamp: "b" })];
    expect(ids(found("duplicate-id", [{ published: rows }, { published: others }, {}]))).toEqual(["run 0", "run 1"]);
  });

  it("time stamps too", () => {
    expect(
      ids(found("duplicate-timestamp", [{ startMs: 5 }, { startMs: 5 }, { startMs: 5, machine: "other" }])),
    ).toEqual(["run 0", "run 1"]);
  });
});

describe("samples against time", () => {
  it("a sampler that was held up", () => {
    const [first] = found("starved-sampler", [{}, {}, {}, { traces: [exampleTrace({ intervalSeconds: 2.37 })] }]);
    expect(first).toMatchObject({ experiment_id: "run 3", message: expect.stringContaining("58 % are missing") });
  });

  it("a hole", () => {
    expect(ids(found("trace-gap", [{}, { traces: [exampleTrace({ longestGapSeconds: 9 })] }]))).toEqual(["run 1"]);
  });

  it.each([
    ["that ends early", { traces: [exampleTrace({ endMs: 700_000 })] }],
    ["with holes by its record", { coverage: 0.7 }],
  ])("a trace %s", (_, changes) => {
    expect(found("low-coverage", [{}, changes])).toMatchObject([
      { experiment_id: "run 1", message: "the samples cover 70 % of the run" },
    ]);
  });

  it("none at all, where others have one", () => {
    expect(ids(found("no-trace", [{}, { traces: [] }]))).toEqual(["run 1"]);
    expect(found("no-trace", [{ traces: [] }])).toEqual([]);
  });
});

describe("metrics", () => {
  const accuracy = (...values: readonly number[]): readonly Partial<AuditRun>[] =>
    values.map((value) => ({ metrics: { accuracy: value } }));

  it.each([
    ["metric-is-count", 4396],
    ["metric-out-of-range", -0.5],
    ["metric-out-of-range", 250.5],
    ["unit-mistake", 93],
    ["collapsed-training", 0.11],
  ])("%s: accuracy %d among fractions", (code, value) => {
    expect(ids(found(code, accuracy(0.9, 0.91, 0.92, 0.93, value)))).toEqual(["run 4"]);
  });

  it("a fraction among percentages", () => {
    expect(ids(found("unit-mistake", accuracy(90, 91, 0.92)))).toEqual(["run 2"]);
  });

  it("a loss may be small, or anything", () => {
    const losses = [0.1, 7, 0.001, 300].map((loss) => ({ metrics: { loss } }));
    expect(auditRuns(series(losses)).filter(({ code }) => code !== "outlier")).toEqual([]);
  });

  it("one that most runs of the model have is missed", () => {
    expect(found("metric-missing", [{}, {}, {}, { metrics: {} }])).toMatchObject([
      { evidence: { metrics: ["accuracy"] } },
    ]);
  });
});

describe("use of the GPU", () => {
  const idle = { traces: [exampleTrace({ meanUtilizationPercent: 0.02, meanWatts: 8, minWatts: 4 })] };

  it("trained on the CPU where other runs use the GPU: a warning; where none does: a note", () => {
    expect(found("cpu-training", [{}, idle])).toMatchObject([{ experiment_id: "run 1", severity: "warning" }]);
    expect(found("cpu-training", [idle, idle])).toMatchObject([{ severity: "info" }, { severity: "info" }]);
  });

  it("a sampler that kept the GPU awake itself", () => {
    const awake = {
      traces: [exampleTrace({ meanUtilizationPercent: 0.2, meanWatts: 71, minWatts: 50, intervalSeconds: 2.37 })],
    };
    expect(ids(found("sampler-artefact", [{}, {}, {}, idle, awake]))).toEqual(["run 4"]);
  });
});

describe("temperature and order", () => {
  it("a cold first run that draws more than its like", () => {
    const cold = { traces: [exampleTrace({ meanWatts: 214 })] };
    expect(found("cold-start", [cold, {}, {}, {}])).toMatchObject([
      { experiment_id: "run 0", message: expect.stringContaining("7 % more power") },
    ]);
    expect(found("cold-start", [{}, cold, {}, {}])).toEqual([]);
  });

  it("a GPU that got hot, by a limit that can be set", () => {
    expect(found("hot", [{ traces: [exampleTrace({ maxCelsius: 84 })] }])).toHaveLength(1);
    expect(found("hot", [{ traces: [exampleTrace({ maxCelsius: 84 })] }], { hotCelsius: 88 })).toEqual([]);
  });

  it("a start that is warmer than usual", () => {
    const warm = { traces: [exampleTrace({ startCelsius: 70 })] };
    expect(ids(found("start-temperature", [{}, {}, {}, warm]))).toEqual(["run 3"]);
  });

  it("a pause that was skipped", () => {
    const runs = [{}, {}, {}, {}, {}, { startMs: 5 * 1_060_000 - 57_000 }];
    expect(found("cool-down-skipped", runs)).toMatchObject([
      { experiment_id: "run 5", evidence: { pause_seconds: 3, usual_seconds: 60 } },
    ]);
  });
});

describe("outliers", () => {
  const joules = (...values: readonly number[]): readonly Partial<AuditRun>[] =>
    values.map((value) => ({ gpuJoules: value, traces: [exampleTrace({ sumJoules: value, integralJoules: value })] }));

  it("an energy far from those of its repeats", () => {
    expect(found("outlier", joules(100, 101, 99, 100, 130))).toMatchObject([
      { experiment_id: "run 4", evidence: { median: 100, runs: 5 } },
    ]);
  });

  it("not among few, and not where it is close", () => {
    expect(found("outlier", joules(100, 101, 130))).toEqual([]);
    expect(found("outlier", joules(100, 100, 100, 100, 103))).toEqual([]);
  });
});
