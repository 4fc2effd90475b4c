import { describe, expect, expectTypeOf, it, test } from "vitest";
import { MetricPattern, MetricPatterns } from "../src/metric-pattern.ts";

describe("MetricPattern", () => {
  it("takes the original's form", () => {
    expect(MetricPattern.parse("loss: ([0-9.]+)")).toBe("loss: ([0-9.]+)");
  });

  it("takes an object and drops its comments", () => {
    const pattern = { pattern: "a", range: [0, 1], comment: "x", description: 1, _unit: "%" };
    expect(MetricPattern.parse(pattern)).toEqual({ pattern: "a", range: [0, 1] });
  });

  test.each([
    ["a key it does not know", { pattern: "a", patern: "b" }, /patern/],
    ["a range upside down", { pattern: "a", range: [1, 0] }, /low <= high/],
    ["a range that is not finite", { pattern: "a", range: [0, Number.POSITIVE_INFINITY] }, /Invalid/],
    ["an empty pattern", "", /./],
    ["an x without a series", { pattern: "a", x: "b" }, /all.* or .*each/],
    ["one match of each without an x", { pattern: "a", aggregation: "each" }, /epoch or step/],
    ["no pattern", { required: true }, /./],
    ["a list", ["a"], /./],
    ["nothing", null, /./],
  ])("refuses %s", (_what, value, message) => {
    expect(() => MetricPattern.parse(value)).toThrow(message);
  });

  it("is typed as what is written in a config", () => {
    expectTypeOf<{ pattern: string; range: readonly [number, number] }>().toExtend<MetricPattern>();
    expectTypeOf<string>().toExtend<MetricPattern>();
  });
});

describe("MetricPatterns", () => {
  it("is names and patterns, and may be empty", () => {
    expect(MetricPatterns.parse({})).toEqual({});
    expect(MetricPatterns.parse({ a: "x", b: { pattern: "y" } })).toEqual({ a: "x", b: { pattern: "y" } });
  });
});
