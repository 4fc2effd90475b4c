import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseHuman } from "../src/parse-human.ts";

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const TITLE = " Performance counter stats for 'system wide':\n\n";
const ELAPSED = "\n       1.001404046 seconds time elapsed\n";
const report = (...rows: string[]): string => `${TITLE}${rows.map((row) => `${row}\n`).join("")}${ELAPSED}`;
const row = (text: string): unknown => parseHuman(report(text))?.rows[0];

describe("rows", () => {
  test.each([
    ["             43.26 Joules power/energy-pkg/", { event: "energy-pkg", joules: 43.26, label: undefined }],
    ["             43.26 Joules power/energy-pkg/u      ( +-  1.24% )", { joules: 43.26, isMean: true }],
    ["             43.26 Joules power/energy-pkg/       (33.33%)", { joules: 43.26, isMean: false }],
    ["             43.26 Joules power/energy-pkg/       [100.00%]", { joules: 43.26 }],
    ["             43.26 Joules power/energy-pkg/  #    0.43 W", { joules: 43.26 }],
    ["     1.001048308             19.63 Joules power/energy-pkg/", { timeSeconds: 1.001048308, joules: 19.63 }],
    [
      "     1.001048308 S1        1             19.63 Joules power/energy-pkg/",
      { label: "S1", cpus: 1, joules: 19.63 },
    ],
    ["S0        1          1 405,20 Joules power/energy-pkg/", { label: "S0", cpus: 1, joules: 1405.2 }],
    [
      "S0-D0-C1  0     <not counted> Joules power/energy-pkg/",
      { label: "S0-D0-C1", cpus: 0, absence: "<not counted>" },
    ],
    ["CPU3                    19.63 Joules power/energy-pkg/", { label: "CPU3", cpus: undefined, joules: 19.63 }],
    ["       python3-4711     <not supported> Joules power/energy-pkg/", { label: "python3-4711" }],
    ["   <not supported>      power/energy-pkg/u", { event: "energy-pkg", absence: "<not supported>" }],
    [
      "             43.26 Joules power_core/energy-core/",
      { event: "energy-core", spelling: "power_core/energy-core/" },
    ],
  ])("%s", (text, expected) => {
    const language = text.includes(",") ? report(text).replace("1.001404046", "1,001404046") : report(text);
    expect(parseHuman(language)?.rows).toEqual([expect.objectContaining(expected)]);
  });

  test.each([
    "     1,990,524      cycles",
    "   <not supported>      cycles",
    "              0.85 msec task-clock",
    "   12 Joules",
  ])("%s is about something else", (text) => {
    expect(parseHuman(report(text))).toMatchObject({ rows: [], badLines: 0 });
  });

  test("what a program prints is counted, and no row, also when it speaks of joules", () => {
    const text = report(
      "Prime = 15485863",
      "Total: 12.5 Joules",
      `${"x".repeat(1000)} 5.00 Joules`,
      "       0.5 seconds user",
    );
    expect(parseHuman(text)).toMatchObject({ rows: [], badLines: 3 });
  });

  test.each([
    ["no number of CPUs", "S0     43.26 Joules power/energy-pkg/"],
    ["a control group", "43.26 Joules power/energy-pkg/ /user.slice"],
    ["a raw count", "  123456      power/energy-pkg/"],
    ["a program's output before it", `${"x".repeat(600)} 43.26 Joules power/energy-pkg/`],
  ])("%s is refused", (_, text) => {
    expect(() => row(text)).toThrow(expect.objectContaining({ name: "PerfError" }));
  });
});

describe("a report", () => {
  test.each([
    ["       1.001404046 seconds time elapsed", 1.001404046, false],
    ["       1.001404046 seconds time elapsed   ( +-  0.00% )", 1.001404046, false],
    ["          1.018840 +- 0.000305 seconds time elapsed  ( +-  0.03% )", 1.01884, true],
    ["            134.92 +- 1.23 seconds time elapsed  ( +-  0.91% )", 134.92, true],
  ])("ends with %s", (line, elapsedSeconds, isMean) => {
    expect(parseHuman(`${TITLE}${line}\n`)).toMatchObject({ elapsedSeconds, isMean, droppedRows: 0 });
    expect(parseHuman(`${TITLE}${line}`)).toMatchObject({ elapsedSeconds, droppedRows: 0 });
  });

  test.each(["   1.0014040 seconds time elapsed", "1.001404046 seconds time elap", "5 seconds time elapsed"])(
    "does not end with %s",
    (line) => {
      expect(parseHuman(`${TITLE}${line}`)).toMatchObject({ elapsedSeconds: undefined, droppedRows: 1 });
    },
  );

  test("has an elapsed time in the language of its joules", () => {
    const text = report("          1.373,00 Joules power/energy-pkg/");
    expect(() => parseHuman(text)).toThrow(expect.objectContaining({ code: "AMBIGUOUS" }));
    expect(parseHuman(text.replace("1.001404046", "1,001404046"))?.elapsedSeconds).toBe(1.001404046);
  });

  test("with intervals has no elapsed time but that of --summary", () => {
    expect(parseHuman(fixture("synthetic-human-interval-summary.txt"))).toMatchObject({
      isInterval: true,
      elapsedSeconds: 2.002450112,
    });
    expect(parseHuman("#           time             counts unit events\n")).toMatchObject({
      isInterval: true,
      rows: [],
    });
  });

  test("tells how many runs it is the mean of", () => {
    expect(parseHuman(fixture("synthetic-human-repeat.txt"))).toMatchObject({ runs: 5, isMean: true });
    expect(parseHuman(report())).toMatchObject({ runs: undefined, isMean: false });
  });

  test("is none without title, end or row", () => {
    expect(parseHuman("Prime = 15485863\n")).toBeUndefined();
  });
});
