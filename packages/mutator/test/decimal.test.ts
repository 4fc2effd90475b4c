import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ceilInUnits, floorInUnits, fromDecimal, inUnits, leadingExponent, toDecimal } from "../src/decimal.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test.each([
  [0.1, 1n, -1],
  [-0.000015, -15n, -6],
  [120, 12n, 1],
  [0, 0n, 0],
  [5e-324, 5n, -324],
])("%d is read as the decimal people write", (value, integer, exponent) => {
  expect(toDecimal(value)).toEqual([integer, exponent]);
});

test("every double comes back from its decimal", () => {
  const law = fc.property(finite, (value) => {
    const [integer, exponent] = toDecimal(value);
    expect(fromDecimal(integer, exponent)).toBe(value + 0);
  });
  fc.assert(law, { seed: 1, numRuns: 1000 });
});

test.each([
  [9.99, 0],
  [10, 1],
  [1000, 3],
  [0.001, -3],
  [-0.5, -1],
])("%d has its leading digit at 10^%d", (value, exponent) => {
  expect(leadingExponent(value)).toBe(exponent);
});

describe("counting in units", () => {
  test.each([
    [0.3, -1, 3n, 3n],
    [0.35, -1, 3n, 4n],
    [-0.35, -1, -4n, -3n],
    [1e20, 0, 100000000000000000000n, 100000000000000000000n],
    [0, -6, 0n, 0n],
  ])("%d in units of 10^%d lies between %d and %d", (value, exponent, floor, ceil) => {
    expect(floorInUnits(value, exponent)).toBe(floor);
    expect(ceilInUnits(value, exponent)).toBe(ceil);
  });

  test("a fraction of a unit is kept", () => {
    expect(inUnits(0.00015, -4)).toBe(1.5);
  });
});
