import { expect, it } from "vitest";
import { type AuditRun, auditRuns, type Finding } from "../../src/index.ts";
import { exampleTrace, published, series } from "./example-runs.ts";

const CODES = ["false-success", "short-run", "no-work"];
const found = (runs: readonly AuditRun[]): readonly Finding[] =>
  auditRuns(runs).filter(({ code }) => CODES.includes(code));
const whole = Array.from({ length: 4 }, () => ({}));

it("far too short for its epochs and without the metrics of the others, a success has crashed", () => {
  const [first, ...more] = found(series([...whole, { durationSeconds: 55, metrics: {} }]));
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    experiment_id: "run 4",
    code: "false-success",
    severity: "error",
    evidence: { peers: 4, missing_metrics: ["accuracy"], ratio: 0.055 },
  });
});

it("crashes are found where they are more than the runs that are whole", () => {
  const crashes = Array.from({ length: 9 }, () => ({ durationSeconds: 55, metrics: {} }));
  expect(found(series([...whole, ...crashes])).map(({ code }) => code)).toEqual(crashes.map(() => "false-success"));
});

it("a short run that has its metrics is told, and is no crash", () => {
  expect(found(series([...whole, { durationSeconds: 55 }]))).toMatchObject([
    { code: "short-run", severity: "warning" },
  ]);
});

it.each([
  ["as its epochs are few", { durationSeconds: 100, parameters: { epochs: 1 }, metrics: {} }],
  ["as its folds are few", { durationSeconds: 200, parameters: { epochs: 10, kfold: 2 }, metrics: {} }],
])("a run that is short %s is none", (_, run) => {
  const peers = "kfold" in run.parameters ? whole.map(() => ({ parameters: { epochs: 10, kfold: 10 } })) : whole;
  expect(found(series([...peers, run]))).toEqual([]);
});

it("where time does not follow from epochs, many epochs in the usual time are none", () => {
  expect(found(series([...whole, { parameters: { epochs: 1000 }, metrics: {} }]))).toEqual([]);
});

it("a failure that the log tells makes a published success false", () => {
  const run = { status: "failed", failureClass: "oom", errorMessage: "CUDA out of memory" } as const;
  const [first, ...more] = found(series([{ ...run, published: [published({})] }, run]));
  expect(more).toEqual([]);
  expect(first).toMatchObject({ code: "false-success", message: expect.stringContaining("(oom): CUDA out of memory") });
});

it("a model that ends in seconds, without a metric and with an idle GPU, trains nothing", () => {
  const stub = { model: "cnn", durationSeconds: 3, metrics: {}, traces: [exampleTrace({ meanUtilizationPercent: 0 })] };
  expect(found(series([stub, stub, stub])).map(({ code }) => code)).toEqual(["no-work", "no-work", "no-work"]);
});

it.each([
  ["has a metric", { metrics: { accuracy: 0.9 } }],
  ["uses its GPU", { traces: [exampleTrace()] }],
  ["takes longer", { durationSeconds: 60 }],
])("one that %s does", (_, changes) => {
  const stub = { model: "cnn", durationSeconds: 3, metrics: {}, traces: [exampleTrace({ meanUtilizationPercent: 0 })] };
  expect(found(series([{ ...stub, ...changes }]))).toEqual([]);
});

it("two peers say nothing", () => {
  expect(found(series([{}, {}, { durationSeconds: 55, metrics: {} }]))).toEqual([]);
});

it("a run that is not called a success is none of these", () => {
  expect(found(series([...whole, { status: "failed", durationSeconds: 5, metrics: {} }]))).toEqual([]);
});

it("where its epochs are not known, and too few of its peers' are not either, whole durations are compared", () => {
  const run = { parameters: {}, mutated: [], durationSeconds: 55, metrics: {} };
  expect(found(series([...whole, run])).map(({ code }) => code)).toEqual(["false-success"]);
});

it("a short run that lacks some of the metrics has crashed too", () => {
  const both = whole.map(() => ({ metrics: { accuracy: 0.9, recall: 0.8 } }));
  expect(found(series([...both, { durationSeconds: 55 }]))).toMatchObject([
    { code: "false-success", evidence: { missing_metrics: ["recall"] } },
  ]);
});

it("a failure that the log of a run tells which is whole and has all metrics is doubted only", () => {
  const run = {
    status: "failed",
    failureClass: "crash",
    errorMessage: "Traceback",
    published: [published({})],
  } as const;
  const findings = auditRuns(series([...whole, run])).filter(({ severity }) => severity !== "info");
  expect(findings).toMatchObject([{ code: "failure-in-log", severity: "warning" }]);
});
