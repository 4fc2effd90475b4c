import * as fc from "fast-check";
import { expect, test } from "vitest";
import { combineUncertainty, rectangular } from "../src/uncertainty.ts";

const joules = fc.double({ min: 0, max: 1e9, noNaN: true });

test("the standard uncertainty of a rectangular bound is its half width over the root of three", () => {
  expect(rectangular(3)).toBeCloseTo(Math.sqrt(3), 12);
  expect(rectangular(0)).toBe(0);
});

test("items combine in quadrature and are expanded by two", () => {
  expect(combineUncertainty({ sampling: 3, sensor: 4 })).toEqual({
    combined: 10,
    coverageFactor: 2,
    sampling: 3,
    sensor: 4,
    quantisation: undefined,
    edges: undefined,
  });
});

test("nothing known is an uncertainty without items", () => {
  expect(combineUncertainty({})).toMatchObject({ combined: 0, sampling: undefined, edges: undefined });
});

test("combined is at least twice each item and at most twice their sum", () => {
  fc.assert(
    fc.property(joules, joules, joules, joules, (sampling, sensor, quantisation, edges) => {
      const { combined } = combineUncertainty({ sampling, sensor, quantisation, edges });
      const slack = 1 + 1e-12;
      expect(combined * slack).toBeGreaterThanOrEqual(2 * Math.max(sampling, sensor, quantisation, edges));
      expect(combined).toBeLessThanOrEqual(2 * (sampling + sensor + quantisation + edges) * slack);
    }),
    { seed: 42 },
  );
});
