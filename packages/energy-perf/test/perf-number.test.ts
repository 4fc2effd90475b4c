import { describe, expect, test } from "vitest";
import { numberReader } from "../src/perf-number.ts";

const joules = (text: string): number | undefined => numberReader().joules(text);

describe("joules", () => {
  test.each([
    ["0.00", 0],
    ["0,48", 0.48],
    ["695.00", 695],
    ["1855.48", 1855.48],
    ["1.373,00", 1373],
    ["322,191.53", 322191.53],
    ["3,22,191.53", 322191.53],
    ["1’234’567.89", 1234567.89],
    ["1'234.56", 1234.56],
    ["5\u202f005,68", 5005.68],
    ["5\u00a0005,68", 5005.68],
    ["5 005,68", 5005.68],
  ])("%s is %d", (text, value) => {
    expect(joules(text)).toBe(value);
  });

  test.each([
    ["three digits after a mark: thousands or decimals", "2.203"],
    ["no decimals", "2203"],
    ["one decimal", "19.6"],
    ["a mark for both", "1.373.00"],
    ["two kinds of groups", "1.234’567,00"],
    ["a group that is too short", "12,34.00"],
    ["a leading zero", "005.68"],
    ["columns that grew together", "1 2.00"],
    ["a sign", "-1.00"],
    ["nothing", ""],
    ["more digits than a number holds", `${"9".repeat(16)}.00`],
  ])("%s is refused", (_, text) => {
    expect(joules(text)).toBeUndefined();
  });
});

describe("one report is of one language", () => {
  test.each([
    ["another decimal mark", ["34.22"], "5,00"],
    ["thousands at the decimal mark", ["34.22"], "5.591,86"],
    ["decimals at the mark of the thousands", ["5,591.86"], "34,22"],
    ["other thousands", ["5,591.86"], "5’591.86"],
  ])("%s is refused", (_, before, text) => {
    const numbers = numberReader();
    for (const one of before) expect(numbers.joules(one)).toBeDefined();
    expect(numbers.joules(text)).toBeUndefined();
  });

  test("small numbers, with and without thousands, and seconds", () => {
    const numbers = numberReader();
    expect(["34,22", "5.591,86", "711,85"].map((text) => numbers.joules(text))).toEqual([34.22, 5591.86, 711.85]);
    expect(numbers.seconds("287,542923380")).toBe(287.54292338);
    expect(numbers.seconds("287.542923380")).toBeUndefined();
    expect(numbers.seconds("287")).toBeUndefined();
  });
});
