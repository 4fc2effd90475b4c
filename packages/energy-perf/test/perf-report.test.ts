import { expect, test } from "vitest";
import { parsePerf } from "../src/parse-perf.ts";
import { perfReportToJson } from "../src/perf-report.ts";

const csv = (value: string): string => `${value};Joules;power/energy-pkg/;1001203266;100.00;;\n`;

test("a report is snake_case in JSON, and what is absent is null", () => {
  expect(perfReportToJson(parsePerf(csv("<not counted>")))).toEqual({
    kind: "perf",
    form: "csv",
    joules: { "energy-pkg": null },
    elapsed_seconds: null,
    reasons: { "energy-pkg": "<not counted>" },
    repeats: null,
    is_mean: false,
    is_cut: false,
    dropped_rows: 0,
    bad_lines: 0,
  });
});

test("numbers are as they were parsed", () => {
  const json = perfReportToJson(parsePerf(`     1.001048308;${csv("19.63")}     2.0`));
  expect(json).toMatchObject({ joules: { "energy-pkg": 19.63 }, elapsed_seconds: 1.001048308, dropped_rows: 1 });
});
