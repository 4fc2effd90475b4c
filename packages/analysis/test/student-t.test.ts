import * as fc from "fast-check";
import { expect, it } from "vitest";
import { studentT95 } from "../src/student-t.ts";

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, column 0.975
it.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [9, 2.262],
  [10, 2.228],
  [19, 2.093],
  [29, 2.045],
  [60, 2.0],
  [99, 1.984],
])("%i degrees of freedom: %f, as in the table of NIST", (freedom, expected) => {
  expect(studentT95(freedom)).toBeCloseTo(expected, 3);
});

it("is tan(0.475 π) for one degree of freedom", () => {
  expect(studentT95(1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 9);
});

it("tends to the normal distribution's 1.96", () => {
  expect(studentT95(1e9)).toBeCloseTo(1.96, 3);
});

it("is never smaller for a fraction than for the next integer, nor for fewer degrees than for more", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 500, noNaN: true }), (freedom) => {
      expect(studentT95(freedom)).toBeGreaterThanOrEqual(studentT95(Math.ceil(freedom)));
      expect(studentT95(freedom + 1)).toBeLessThanOrEqual(studentT95(freedom));
    }),
    { seed: 4, numRuns: 200 },
  );
});

it.each([0, 0.5, -1, Number.NaN])("has no value for %f degrees of freedom", (freedom) => {
  expect(() => studentT95(freedom)).toThrow("expected at least 1 degree of freedom");
});
