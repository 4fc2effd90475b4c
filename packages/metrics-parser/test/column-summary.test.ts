import { expect, test } from "vitest";
import { ColumnAccumulator } from "../src/column-summary.ts";

const summary = (values: readonly (number | undefined)[]): ReturnType<ColumnAccumulator["summary"]> => {
  const accumulator = new ColumnAccumulator();
  for (const value of values) accumulator.add(value);
  return accumulator.summary();
};

test.each([
  [[1, 2, undefined, 3], { count: 3, missing: 1, avg: 2, min: 1, max: 3, sum: 6 }],
  [[undefined], { count: 0, missing: 1, avg: undefined, min: undefined, max: undefined, sum: undefined }],
  [[1, 1e100, 1, -1e100], { count: 4, missing: 0, avg: 0.5, min: -1e100, max: 1e100, sum: 2 }],
  [[1e308, 1e308], { count: 2, missing: 0, avg: Infinity, min: 1e308, max: 1e308, sum: Infinity }],
])("%j", (values, expected) => {
  expect(summary(values)).toEqual(expected);
});

test("a tenth, ten million times, loses nothing", () => {
  const accumulator = new ColumnAccumulator();
  for (let index = 0; index < 10_000_000; index += 1) accumulator.add(0.1);
  expect(accumulator.summary().sum).toBe(1_000_000);
});
