import * as fc from "fast-check";
import { expect, test } from "vitest";
import { backgroundToJson } from "../src/background.ts";
import { outcomeToJson, type RecordJson } from "../src/record.ts";
import { columnCollector, type TableShape, tableRows } from "../src/table-rows.ts";
import { csvRows } from "../src/table-text.ts";
import {
  EXAMPLE_ATTEMPT,
  EXAMPLE_BACKGROUND,
  EXAMPLE_ENVIRONMENT,
  EXAMPLE_LOAD,
  exampleOutcome,
} from "./example-outcome.ts";

const record = (...outcome: Parameters<typeof exampleOutcome>): RecordJson => outcomeToJson(exampleOutcome(...outcome));

/** The records as one table. */
function tableCsv(records: readonly RecordJson[], shape: TableShape = "wide"): string {
  const collector = columnCollector(shape);
  for (const each of records) collector.add(each);
  return csvRows(
    records.flatMap((each) => tableRows(each, shape)),
    collector.columns(),
    true,
  );
}

/** RFC 4180, and a lone carriage return ends a row too, as it does for many readers. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end = ""] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows.slice(0, -1);
}

function cell(text: string, column: string, row = 1): string | undefined {
  const rows = readCsv(text);
  return rows[row]?.[rows[0]?.indexOf(column) ?? -1];
}

test("one row per record below one header", () => {
  const rows = readCsv(tableCsv([record(), record({ row: 8 })]));
  expect(rows).toHaveLength(3);
  expect(rows.every(({ length }) => length === rows[0]?.length)).toBe(true);
  expect(rows[0]?.slice(0, 12)).toEqual([
    "experiment_id",
    "row",
    "timestamp",
    "repository",
    "model",
    "mode",
    "repetition",
    "status",
    "failure_class",
    "retries",
    "duration_seconds",
    "cpu_energy_pkg_joules",
  ]);
});

test("values stand as they are: numbers, words, true", () => {
  const csv = tableCsv([record()]);
  expect(cell(csv, "cpu_energy_pkg_joules")).toBe("100.5");
  expect(cell(csv, "cpu_estimate_joules")).toBe("150");
  expect(cell(csv, "hyperparam_learning_rate")).toBe("1e-7");
  expect(cell(csv, "hyperparam_nesterov")).toBe("true");
  expect(cell(csv, "hyperparam_optimizer")).toBe("adam");
  expect(cell(csv, "perf_test_accuracy")).toBe("0.97");
  expect(cell(csv, "flags")).toBe("metric-missing");
});

test("what is absent is an empty cell, never 0", () => {
  const csv = tableCsv([record({}, { energy: [] })]);
  expect(cell(csv, "cpu_energy_ram_joules")).toBe("");
  expect(cell(csv, "gpu_power_avg_watts")).toBe("");
  expect(cell(csv, "cpu_estimate_joules")).toBe("");
  expect(cell(csv, "hyperparam_warmup")).toBe("");
  expect(cell(csv, "failure_class")).toBe("");
});

test("a real 0 stays 0, and false stays false", () => {
  const csv = tableCsv([record({ hyperparameters: { dropout: 0, flag: false } }, { durationSeconds: 0 })]);
  expect(cell(csv, "hyperparam_dropout")).toBe("0");
  expect(cell(csv, "hyperparam_flag")).toBe("false");
  expect(cell(csv, "duration_seconds")).toBe("0");
});

test("records of different models share the table; what one lacks is empty", () => {
  const csv = tableCsv([
    record({ hyperparameters: { a: 1 } }, { performanceMetrics: { accuracy: 0.9 } }),
    record({ hyperparameters: { b: 2 } }, { performanceMetrics: { loss: 0.1 } }),
  ]);
  expect([cell(csv, "hyperparam_a"), cell(csv, "hyperparam_b")]).toEqual(["1", ""]);
  expect([cell(csv, "hyperparam_a", 2), cell(csv, "hyperparam_b", 2)]).toEqual(["", "2"]);
  expect([cell(csv, "perf_accuracy"), cell(csv, "perf_loss", 2)]).toEqual(["0.9", "0.1"]);
});

test.each(["a, b", 'say "no"', "one\ntwo", "one\r\ntwo", "50%\r100%", "\r", ",", '"', " padded "])(
  "%j stays one cell",
  (message) => {
    const csv = tableCsv([record({}, { errorMessage: message }), record()]);
    expect(cell(csv, "error_message")).toBe(message);
    expect(readCsv(csv)).toHaveLength(3);
  },
);

test("any words of users stay in their cells", () => {
  const words = fc.stringMatching(/^[a-z ",\r\n;é]{0,10}$/);
  fc.assert(
    fc.property(words, words, (value, name) => {
      const csv = tableCsv([record({ hyperparameters: { [`x${name}`]: value } }), record()]);
      expect(cell(csv, `hyperparam_x${name}`)).toBe(value);
      expect(readCsv(csv)).toHaveLength(3);
    }),
    { seed: 42 },
  );
});

test("a tidy table has one row per attempt, each with its own outcome and energy", () => {
  const first = { status: "failed", failureClass: "crash", errorMessage: "exit code 1", durationSeconds: 2 } as const;
  const attempts = [
    { ...EXAMPLE_ATTEMPT, ...first, energyMetrics: { ...EXAMPLE_ATTEMPT.energyMetrics, cpuEnergyPkgJoules: 7 } },
    { ...EXAMPLE_ATTEMPT, attempt: 2 },
  ] as const;
  const csv = tableCsv([outcomeToJson({ ...exampleOutcome(), attempts }), record({ row: 8 })], "tidy");
  const column = (name: string) => [1, 2, 3].map((row) => cell(csv, name, row));
  expect(readCsv(csv)).toHaveLength(4);
  expect(column("row")).toEqual(["7", "7", "8"]);
  expect(column("attempt")).toEqual(["1", "2", "1"]);
  expect(column("failure_class")).toEqual(["crash", "", ""]);
  expect(column("cpu_energy_pkg_joules")).toEqual(["7", "100.5", "100.5"]);
  expect(column("hyperparam_epochs")).toEqual(["3", "3", "3"]);
});

test("a summary without records still has its columns", () => {
  const [header, ...rows] = tableCsv([]).split("\n");
  expect(header).toMatch(/^experiment_id,row,.*,cpu_energy_pkg_joules,.*,cpu_estimate_joules,flags,error_message$/);
  expect(rows).toEqual([""]);
});

test.each(["wide", "tidy"] as const)("%s: what ran beside a run, and whether it did all the time", (shape) => {
  const background = backgroundToJson(EXAMPLE_BACKGROUND, EXAMPLE_ENVIRONMENT);
  const outcome = exampleOutcome({ mode: "parallel" }, { background: EXAMPLE_LOAD });
  const csv = tableCsv([outcomeToJson({ ...outcome, background }), record({ row: 8 })], shape);
  const cells = (row: number) =>
    ["mode", "background_repository", "background_model", "background_alive_share", "background_restarts"].map((name) =>
      cell(csv, name, row),
    );
  expect(cells(1)).toEqual(["parallel", "digits", "mlp_deep", "0.95", "2"]);
  expect(cells(2)).toEqual(["mutation", "", "", "", ""]);
  expect(cell(csv, "background_cpu_seconds")).toBe("18.5");
  expect(cell(csv, "background_hyperparam_epochs")).toBe("10");
});

test("without background loads there are no columns for them", () => {
  expect(tableCsv([record()])).not.toContain("background");
});
