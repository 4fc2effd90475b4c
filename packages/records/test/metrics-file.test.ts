import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MetricsFileJson, readMetrics, withMetrics, writeMetrics } from "../src/metrics-file.ts";
import { outcomeToJson } from "../src/record.ts";
import { readRecord, readRecords, writeRecord } from "../src/record-files.ts";
import { rebuildSummary } from "../src/table-text.ts";
import { EXAMPLE_ATTEMPT, EXAMPLE_ROW, exampleOutcome } from "./example-outcome.ts";

const METRICS: MetricsFileJson = {
  schema_version: 1,
  extracted_at: "2026-11-24T10:00:00.000+00:00",
  tool_version: "0.1.0",
  attempt: 2,
  log_patterns: { test_accuracy: "acc: (\\S+)" },
  performance_metrics: { test_accuracy: 0.98 },
  metrics: {
    test_accuracy: {
      outcome: "found",
      value: 0.98,
      unit: null,
      aggregation: "all",
      printed: null,
      text: "0.98",
      line: 7,
      not_finite: 1,
      series: { count: 2, every: 1, points: [{ x: 1, value: null, time: null, line: 3 }] },
    },
  },
  flags: [{ code: "metric-some-not-finite", severity: "warning", message: "m", evidence: {} }],
};

let session = "";
let row = "";
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), "ea-metrics-"));
  row = join(session, "000_a");
  mkdirSync(row);
});
afterEach(() => rmSync(session, { recursive: true, force: true }));

const record = outcomeToJson({
  ...exampleOutcome(),
  attempts: [EXAMPLE_ATTEMPT, { ...EXAMPLE_ATTEMPT, attempt: 2 }],
});

test("what is written can be read, and is absent before", async () => {
  expect(await readMetrics(row)).toBeUndefined();
  expect(await writeMetrics(row, METRICS)).toBe(join(row, "metrics.json"));
  expect(await readMetrics(row)).toEqual(METRICS);
});

test("one that is there is kept under the next free number", async () => {
  for (const tool_version of ["1", "2", "3"]) await writeMetrics(row, { ...METRICS, tool_version });
  expect(readdirSync(row).sort()).toEqual(["metrics.1.json", "metrics.2.json", "metrics.json"]);
  const versions = ["metrics.1.json", "metrics.2.json", "metrics.json"].map(
    (name) => /"tool_version": "(\d)"/.exec(readFileSync(join(row, name), "utf8"))?.[1],
  );
  expect(versions).toEqual(["1", "2", "3"]);
});

test("readers prefer it, and the record stays as it is", async () => {
  const path = await writeRecord(row, record);
  const before = readFileSync(path, "utf8");
  await writeMetrics(row, METRICS);
  const [read] = await readRecords(session);
  expect(read?.performance_metrics).toEqual({ test_accuracy: 0.98 });
  expect(readFileSync(await rebuildSummary(session), "utf8")).toContain(",0.98,");
  expect(readFileSync(path, "utf8")).toBe(before);
  expect((await readRecord(path)).performance_metrics).toEqual(record.performance_metrics);
});

test("it takes the place of the last attempt's metrics and of the flags about metrics, and of nothing else", () => {
  const merged = withMetrics(record, METRICS);
  expect(merged.attempts.map(({ metrics }) => metrics)).toEqual([undefined, METRICS.metrics]);
  expect(merged.flags.map(({ code }) => code)).toEqual(["metric-some-not-finite"]);
  const { performance_metrics: _1, flags: _2, attempts: _3, ...rest } = merged;
  expect(record).toMatchObject(rest);
});

test("metrics of an attempt before the row ran once more change nothing", () => {
  expect(withMetrics(record, { ...METRICS, attempt: 1 })).toEqual(record);
});

test.each([
  ["{", /metrics\.json: expected JSON/],
  ['{"schema_version":1}', /metrics\.json: extracted_at: /],
])("%j is refused, naming the place", async (text, message) => {
  writeFileSync(join(row, "metrics.json"), text);
  await expect(readMetrics(row)).rejects.toThrow(message);
  await expect(readMetrics(row)).rejects.toMatchObject({ code: "BAD_RECORD" });
});

test("fields that a later version added to an attempt or a metric survive", async () => {
  const attempts = record.attempts.map((attempt) => ({ ...attempt, later: 1 }));
  await writeRecord(row, { ...record, attempts, row: EXAMPLE_ROW.row });
  const [read] = await readRecords(session);
  expect(read?.attempts[0]).toMatchObject({ later: 1 });
});
