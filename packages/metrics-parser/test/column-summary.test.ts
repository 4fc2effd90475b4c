import * as fc from "fast-check";
import { expect, it, test } from "vitest";
import { ColumnAccumulator, type ColumnSummary } from "../src/column-summary.ts";
import type { MissingKind } from "../src/missing-kind.ts";

function accumulated(values: readonly (number | MissingKind)[]): ColumnAccumulator {
  const accumulator = new ColumnAccumulator();
  for (const value of values) {
    if (typeof value === "number") accumulator.add(value);
    else accumulator.miss(value);
  }
  return accumulator;
}

const summary = (values: readonly (number | MissingKind)[]): ColumnSummary => accumulated(values).summary();

test.each([
  [[1, 2, "N/A", 3], { count: 3, missing: 1, avg: 2, min: 1, max: 3, sum: 6, variance: 1, first: 1, last: 3 }],
  [[7], { count: 1, missing: 0, avg: 7, min: 7, max: 7, sum: 7, variance: undefined, first: 7, last: 7 }],
  [
    ["empty"],
    {
      count: 0,
      missing: 1,
      avg: undefined,
      min: undefined,
      max: undefined,
      sum: undefined,
      variance: undefined,
      first: undefined,
      last: undefined,
    },
  ],
  [[1, 1e100, 1, -1e100], { count: 4, missing: 0, avg: 0.5, min: -1e100, max: 1e100, sum: 2 }],
  [[1e308, 1e308], { count: 2, missing: 0, avg: Infinity, min: 1e308, max: 1e308, sum: Infinity }],
  [[1e308, -1e308], { sum: 0, avg: 0, variance: undefined }],
] as const)("%j", (values, expected) => {
  expect(summary(values)).toMatchObject(expected);
});

it("counts the missing by kind", () => {
  expect(summary(["N/A", "[N/A]", 1, "N/A", "other unit"]).missingKinds).toEqual({
    "N/A": 2,
    "[N/A]": 1,
    "other unit": 1,
  });
});

test("a tenth, ten million times, loses nothing", () => {
  const accumulator = new ColumnAccumulator();
  for (let index = 0; index < 10_000_000; index += 1) accumulator.add(0.1);
  const { sum, variance } = accumulator.summary();
  expect(sum).toBe(1_000_000);
  expect(variance).toBeLessThan(1e-25);
});

it("has the variance of small differences between large numbers", () => {
  const values = Array.from({ length: 1000 }, (_, index) => 1e9 + (index % 2));
  expect(summary(values).variance).toBeCloseTo(1000 / 999 / 4, 12);
});

const cell = fc.oneof(
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.integer(),
  fc.constantFrom<MissingKind>("N/A", "empty", "other text"),
);

it("merges parts to what the whole gives", () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell)), (parts) => {
      const merged = new ColumnAccumulator();
      for (const part of parts) merged.merge(accumulated(part));
      const whole = summary(parts.flat());
      const { sum, avg, variance, ...exact } = merged.summary();
      expect(whole).toMatchObject(exact);
      const numbers = parts.flat().filter((value) => typeof value === "number");
      const size = Math.max(1, ...numbers.map(Math.abs));
      expect(Math.abs((sum ?? 0) - (whole.sum ?? 0))).toBeLessThanOrEqual(1e-15 * size * (numbers.length + 1));
      expect(Math.abs((avg ?? 0) - (whole.avg ?? 0))).toBeLessThanOrEqual(1e-15 * size * (numbers.length + 1));
      expect(Math.abs((variance ?? 0) - (whole.variance ?? 0))).toBeLessThanOrEqual(1e-13 * size * size);
    }),
    { seed: 20261124, numRuns: 500 },
  );
});
