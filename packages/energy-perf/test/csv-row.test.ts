import { describe, expect, test } from "vitest";
import { csvDialect, csvRowReader } from "../src/csv-row.ts";

const TAIL = "Joules;power/energy-pkg/;2002406532;100.00;;";
const read = csvRowReader({ separator: ";", decimal: "." });

describe("a dialect is learned from a row", () => {
  test.each([
    ["19.63,Joules,power/energy-pkg/,2002406532,100.00,,", ",", "."],
    ["18,50;Joules;power/energy-pkg/;1001759924;100,00;;", ";", ","],
    ["<not supported>,,cycles,0,100.00,,", ",", "."],
    ["19.63 Joules power/energy-pkg/ 2002406532 100.00  ", " ", "."],
    ["19.63\tJoules\tpower/energy-pkg/\t2002406532\t100.00\t\t", "\t", "."],
    ["     1.001048308|S0|1|9.81|Joules|power/energy-pkg/|1001203266|100.00||", "|", "."],
    ["210.78,msec,cpu-clock,0.95%,210783883,100.00,2.024,CPUs utilized", ",", "."],
    ["CPU0,7,,context-switches,502068062,100.00,13.942,/sec", ",", "."],
    ["S0,2,435.38,msec,cpu-clock,435382395,100.00,2.001,CPUs utilized", ",", "."],
  ])("%s", (line, separator, decimal) => {
    expect(csvDialect(line)).toEqual({ separator, decimal });
  });

  test.each([
    "",
    "# started on Tue Mar  3 09:14:07 2026",
    "             43.26 Joules power/energy-pkg/",
    "S0        1             43.26 Joules power/energy-pkg/",
    "epoch,1,20,30.55",
    "1,2,3,100.00",
    "Joules,power/energy-pkg/,2002406532,100.00,,",
  ])("%j is no row", (line) => {
    expect(csvDialect(line)).toBeUndefined();
  });

  test("a separator that is also the decimal mark is refused", () => {
    const clash = "403,60,msec,cpu-clock,407502774,100,00,2,CPUs utilized";
    expect(() => csvDialect(clash)).toThrow(expect.objectContaining({ code: "AMBIGUOUS" }));
  });
});

describe("rows", () => {
  test.each([
    [`19.63;${TAIL}`, { timeSeconds: undefined, label: undefined, joules: 19.63, absence: undefined, isMean: false }],
    [`     1.001048308;19.63;${TAIL}`, { timeSeconds: 1.001048308, joules: 19.63, countedSeconds: 2.002406532 }],
    [`S1;1;19.63;${TAIL}`, { label: "S1", cpus: 1 }],
    [`S0-D0-C1;0;<not counted>;${TAIL}`, { label: "S0-D0-C1", cpus: 0, joules: undefined, absence: "<not counted>" }],
    [`S0-D1-L3-ID8;1;19.63;${TAIL}`, { label: "S0-D1-L3-ID8", cpus: 1 }],
    [`S0-D1-CLS4;1;19.63;${TAIL}`, { label: "S0-D1-CLS4", cpus: 1 }],
    [`N1;4;19.63;${TAIL}`, { label: "N1", cpus: 4 }],
    [`CPU3;19.63;${TAIL}`, { label: "CPU3", cpus: undefined }],
    [`python3-4711;<not supported>;${TAIL}`, { label: "python3-4711", absence: "<not supported>" }],
    [`         summary;19.63;${TAIL}`, { timeSeconds: undefined, isSummary: true, joules: 19.63 }],
    ["19.63;Joules;power/energy-pkg/;0.95%;2002406532;100.00;;", { isMean: true, countedSeconds: 2.002406532 }],
    [
      "<not counted>;;power/energy-ram/u;0;100.00;;",
      { event: "energy-ram", spelling: "power/energy-ram/u", absence: "<not counted>" },
    ],
    ["19.63;Joules;power/energy-pkg/", { joules: 19.63, countedSeconds: undefined }],
  ])("%s", (line, row) => {
    expect(read(line)).toMatchObject(row);
  });

  test.each(["603.19;msec;cpu-clock;603195823;100.00;;", "<not supported>;;cycles;0;100.00;;"])(
    "%s is about something else",
    (line) => {
      expect(read(line)).toBe("other");
    },
  );

  test.each([
    `19,63;${TAIL}`,
    `1,234.50;${TAIL}`,
    `-1.00;${TAIL}`,
    `007.00;${TAIL}`,
    `1.001;19.63;${TAIL}`,
    "123456;;power/energy-pkg/;1;100.00;;",
    "19.63;uJ;power/energy-pkg/;1;100.00;;",
    "",
  ])("%j is no row", (line) => {
    expect(read(line)).toBeUndefined();
  });

  test("at commas a number without its point is half a number", () => {
    const readCommas = csvRowReader({ separator: ",", decimal: "." });
    expect(readCommas("CPU0,203,50,Joules,power/energy-pkg/,1,100,00,,")).toBeUndefined();
    expect(readCommas("CPU0,60,Joules,power/energy-pkg/,1,100.00,,")).toBeUndefined();
  });
});
