import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parsePerf } from "../src/parse-perf.ts";
import { tryPerf } from "./try-perf.ts";

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");

describe("forms", () => {
  test.each([
    ["synthetic-human-thousands.txt", "human", { "energy-pkg": 12345.67, "energy-ram": 890.12 }, 300.123456789],
    ["synthetic-human-narrow-space.txt", "human", { "energy-pkg": 12345.67, "energy-ram": 1890.12 }, 300.123456789],
    ["synthetic-human-per-core.txt", "human", { "energy-pkg": 199.75 }, 2.001404046],
    ["synthetic-human-interval-summary.txt", "human", { "energy-pkg": 39.04, "energy-ram": 8 }, 2.002369058],
    ["synthetic-human-repeat.txt", "human", { "energy-cores": 52.67, "energy-gpu": 0, "energy-pkg": 85.09 }, 34.923],
    ["synthetic-interval.csv", "csv", { "energy-pkg": 45.54, "energy-ram": 9.25 }, 2.318790534],
    ["synthetic-summary.csv", "csv", { "energy-pkg": 39.04 }, 2.002369058],
    ["synthetic-per-socket.csv", "csv", { "energy-pkg": 39.04 }, 2.002369058],
    ["synthetic-plain-comma-decimal.csv", "csv", { "energy-pkg": 1234.56, "energy-ram": 98.7 }, undefined],
    ["synthetic-interval.jsonl", "json", { "energy-pkg": 39.040527, "energy-ram": 8.001893 }, 2.002369058],
    ["synthetic-odd.jsonl", "json", { "energy-pkg": 100 }, undefined],
    ["perf-6.1-interval-summary-no-rapl.csv", "csv", {}, undefined],
  ])("%s", (name, form, joules, elapsedSeconds) => {
    expect(parsePerf(fixture(name))).toMatchObject({ form, joules, reasons: {}, elapsedSeconds, isCut: false });
    expect(parsePerf(fixture(name).replaceAll("\n", "\r\n"))).toMatchObject({ form, joules, elapsedSeconds });
  });

  test.each([
    ["perf-6.1-psys-still.csv", "0.4"],
    ["perf-6.1-psys-still.jsonl", "0.3"],
    ["perf-6.1-psys-still-per-core.txt", "0.3"],
    ["perf-6.1-psys-still-interval-summary.txt", "0.3"],
  ])("a counter that stands still used no zero joules: %s", (name, seconds) => {
    expect(parsePerf(fixture(name))).toMatchObject({
      joules: { "energy-psys": null },
      reasons: { "energy-psys": `the counter did not move in ${seconds} s` },
    });
  });

  test("the joules of -r are a mean, and the number of runs is told where perf tells it", () => {
    expect(parsePerf(fixture("synthetic-human-repeat.txt"))).toMatchObject({ repeats: 5, isMean: true });
    const csv = "19.63;Joules;power/energy-pkg/;0.95%;2002406532;100.00;;\n";
    expect(parsePerf(csv)).toMatchObject({ joules: { "energy-pkg": 19.63 }, repeats: undefined, isMean: true });
  });

  test("plain rows that all bear --summary's word are the report", () => {
    const text = "         summary;19.63;Joules;power/energy-pkg/;2002406532;100.00;;\n";
    expect(parsePerf(text)).toMatchObject({ joules: { "energy-pkg": 19.63 }, elapsedSeconds: undefined });
  });
});

describe("cut", () => {
  test("an interval that lacks a row at the end was cut, one in the middle leaves a hole", () => {
    const lines = fixture("synthetic-interval.csv").split("\n").slice(2);
    expect(parsePerf(`${lines.slice(0, 3).join("\n")}\n`)).toMatchObject({
      joules: { "energy-pkg": 39.04, "energy-ram": 4.02 },
      isCut: true,
      droppedRows: 0,
    });
    expect(parsePerf(lines.filter((_, index) => index !== 3).join("\n"))).toMatchObject({
      joules: { "energy-pkg": 45.54, "energy-ram": null },
      reasons: { "energy-ram": "no row in 1 of 3 intervals" },
    });
  });

  test("a report for people is whole with its elapsed time, also when it was trimmed", () => {
    expect(parsePerf(fixture("synthetic-human-thousands.txt").trim())).toMatchObject({ isCut: false, droppedRows: 0 });
  });

  test("a single row of -x without its newline is refused, never taken", () => {
    expect(tryPerf("19.63,Joules,power/energy-pkg/,2002406532,100.00,,")).toBe("NOT_PERF");
    expect(tryPerf("# started on Tue Mar  3 09:14:07 2026\n\n19.63,Joules,power/energy-pkg/,20")).toBe("BAD_OUTPUT");
  });
});

describe("refused", () => {
  test.each([
    ["nothing", "", "NOT_PERF", "an empty text"],
    ["another text", "index, power\n1, 2\n", "NOT_PERF", '"index, power 1, 2"'],
    ["perf's own error", fixture("perf-6.1-no-pmu.txt"), "PERF_FAILED", "unknown term 'energy-pkg'"],
    [
      "fields and decimals at commas",
      "403,60,Joules,power/energy-pkg/,407502774,100,00,,\n",
      "AMBIGUOUS",
      '"403,60,Joules',
    ],
    ["the same in an interval", "     1.001048308,19,63,Joules,power/energy-pkg/,20,100,00,,\n", "AMBIGUOUS", "19,63"],
    ["the same per socket", "S0,1,19,63,Joules,power/energy-pkg/,20,100,00,,\n", "AMBIGUOUS", "S0,1,19,63"],
    ["the same without its other columns", "403,60,Joules,power/energy-pkg/\n", "AMBIGUOUS", "403,60"],
    [
      "decimal commas after a row with a point",
      "1.50;Joules;power/energy-pkg/;1;100.00;;\n2,50;Joules;power/energy-ram/;1;100.00;;\n",
      "AMBIGUOUS",
      "2,50",
    ],
    [
      "a raw count",
      "1.50;Joules;power/energy-pkg/;1;100.00;;\n123456;;power/energy-ram/;1;100.00;;\n",
      "BAD_OUTPUT",
      "123456;;",
    ],
    ["a number that is none", "nan;Joules;power/energy-pkg/;1;100.00;;\n", "BAD_OUTPUT", "nan;Joules"],
    [
      "runs one after another",
      "1.50;Joules;power/energy-pkg/;1;100.00;;\n2.50;Joules;power/energy-pkg/;1;100.00;;\n",
      "SEVERAL_REPORTS",
      "1.5, 2.5",
    ],
    [
      "an appended report",
      `${fixture("synthetic-interval.csv")}${fixture("synthetic-interval.csv")}`,
      "SEVERAL_REPORTS",
      "got 2",
    ],
    [
      "intervals that begin again",
      fixture("synthetic-interval.csv").replace(/^#.*/, "").repeat(2),
      "SEVERAL_REPORTS",
      "after 2.318790534 s",
    ],
    ["two reports for people", fixture("synthetic-human-repeat.txt").repeat(2), "SEVERAL_REPORTS", "(5 runs)"],
    [
      "two forms",
      `${fixture("synthetic-human-repeat.txt")}1.50;Joules;power/energy-pkg/;1;100.00;;\n`,
      "BAD_OUTPUT",
      "52.67",
    ],
    [
      "unquoted decimal commas",
      '{"counter-value" : "19,630000", "unit" : "Joules", "event" : "power/energy-pkg/", "pcnt-running" : 100,00}\n',
      "AMBIGUOUS",
      "19,630000",
    ],
    ["an unknown separator", "19.63x_x_xJoulesx_x_xpower/energy-pkg/x_x_x20\n", "BAD_OUTPUT", "19.63x_x_x"],
  ])("%s", (_, text, code, message) => {
    expect(() => parsePerf(text)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  test.each(["2.203", "2,203", "2.203.00", "1.5", "12", "2 20.50", "005.50", "1,23,4.50"])(
    "%s Joules for people",
    (number) => {
      const text = fixture("synthetic-human-thousands.txt").replace("12,345.67", number);
      expect(tryPerf(text)).toBe("AMBIGUOUS");
    },
  );
});
