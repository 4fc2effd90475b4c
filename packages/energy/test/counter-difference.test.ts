import * as fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import { type CounterDifference, counterDifference } from "../src/counter-difference.ts";

test("the first reading tells nothing", () => {
  expect(counterDifference(undefined, 7, 100)).toEqual({ kind: "first" });
  expect(counterDifference(undefined, 7)).toEqual({ kind: "first" });
});

test("a higher or equal reading is a difference", () => {
  expect(counterDifference(7, 12, 100)).toEqual({ kind: "difference", difference: 5 });
  expect(counterDifference(7, 7)).toEqual({ kind: "difference", difference: 0 });
});

test("a lower reading has wrapped: the range is the largest value, and one step more leads to 0", () => {
  expect(counterDifference(95, 5, 100)).toEqual({ kind: "difference", difference: 11 });
  expect(counterDifference(100, 0, 100)).toEqual({ kind: "difference", difference: 1 });
});

test("a lower reading without a known range is a reset, and never a number", () => {
  expect(counterDifference(95, 5)).toEqual({ kind: "reset" });
});

test.each([-1, 101, Number.NaN, Number.POSITIVE_INFINITY])("%s is no reading of a counter up to 100", (value) => {
  expect(counterDifference(undefined, value, 100)).toEqual({ kind: "reset" });
  expect(counterDifference(50, value, 100)).toEqual({ kind: "reset" });
  expect(counterDifference(value, 50, 100)).toEqual({ kind: "reset" });
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("%s is no reading of any counter", (value) => {
  expect(counterDifference(undefined, value)).toEqual({ kind: "reset" });
  expect(counterDifference(50, value)).toEqual({ kind: "reset" });
});

test("a range that is no number makes every reading a reset", () => {
  expect(counterDifference(1, 2, Number.NaN)).toEqual({ kind: "reset" });
});

test("whatever it counted between two readings, up to its range, is the difference", () => {
  const counter = fc.integer({ min: 1, max: 2 ** 48 }).chain((range) =>
    fc.record({
      range: fc.constant(range),
      start: fc.integer({ min: 0, max: range }),
      counted: fc.integer({ min: 0, max: range }),
    }),
  );
  fc.assert(
    fc.property(counter, ({ range, start, counted }) => {
      const result = counterDifference(start, (start + counted) % (range + 1), range);
      expect(result).toEqual({ kind: "difference", difference: counted });
    }),
    { seed: 42 },
  );
});

test("no two numbers give a difference that is negative or beyond the range", () => {
  const any = fc.double();
  const maybe = fc.option(any, { nil: undefined });
  fc.assert(
    fc.property(maybe, any, maybe, (previous, current, range) => {
      const result = counterDifference(previous, current, range);
      const difference = result.kind === "difference" ? result.difference : 0;
      expect(difference).toBeGreaterThanOrEqual(0);
      expect(difference).toBeLessThanOrEqual(
        range === undefined || Number.isNaN(range) ? Infinity : Math.abs(range) + 1,
      );
    }),
    { seed: 42 },
  );
});

test("the outcome is one of three", () => {
  expectTypeOf<CounterDifference["kind"]>().toEqualTypeOf<"first" | "difference" | "reset">();
});
