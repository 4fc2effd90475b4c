import { PublishedJson } from "@ea/records";
import { expect, test } from "vitest";
import { isOriginalRecord, publishedRecord, readOriginalRecord } from "../../src/original/original-record.ts";
import { parallelRecord, soloRecord } from "./original-files.ts";

test("a run beside a load is read as the one in the foreground, with the load beside it", () => {
  const record = readOriginalRecord(parallelRecord("examples_mnist_001_parallel"));
  expect(record).toMatchObject({
    experimentId: "examples_mnist_001_parallel",
    repository: "examples",
    isParallel: true,
    durationSeconds: 101.3,
    background: { repository: "examples", model: "siamese", hyperparameters: { epochs: 10 } },
    problems: [],
  });
});

test("a run alone has no load", () => {
  const record = readOriginalRecord(soloRecord("examples_mnist_001"));
  expect(record).toMatchObject({ isParallel: false, background: undefined, trainingSuccess: true, retries: 0 });
});

test("a field that is broken is named and left out, and the others are kept", () => {
  const broken = { duration_seconds: -1, retries: "many", hyperparameters: [1], energy_metrics: "none", timestamp: 5 };
  const record = readOriginalRecord(soloRecord("x", broken));
  expect(record).toMatchObject({ durationSeconds: undefined, retries: undefined, hyperparameters: {}, model: "mnist" });
  expect(record.energyMetrics.gpu_energy_total_joules).toBeNull();
  expect(record.problems).toEqual(['retries: found "many"', "timestamp: found 5", "duration_seconds: found -1"]);
});

test("what is published is valid in a record of ours", () => {
  const published = publishedRecord(readOriginalRecord(soloRecord("x")), "x/experiment.json");
  expect(PublishedJson.parse(published)).toMatchObject({ experiment_id: "x", line: null, duration_seconds: 101.3 });
});

test("our own records and other JSON are none of the original's", () => {
  expect(isOriginalRecord(soloRecord("x"))).toBe(true);
  expect(isOriginalRecord(parallelRecord("x"))).toBe(true);
  expect(isOriginalRecord({ ...soloRecord("x"), schema_version: 1 })).toBe(false);
  expect([null, [], {}, "x", { experiment_id: "x" }].map(isOriginalRecord)).not.toContain(true);
});
