import * as fc from "fast-check";
import { expect, test } from "vitest";
import { intervalBins } from "../src/interval-bins.ts";

const binsOf = (distances: readonly number[]): ReturnType<typeof intervalBins> => {
  const bins = intervalBins();
  for (const distanceMs of distances) bins.add({ distanceMs, widthMs: distanceMs, stepWatts: 2 });
  return bins;
};

test("the median is the middle distance to one per cent", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 1e7, noNaN: true }), { minLength: 1 }), (distances) => {
      const exact = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
      const found = binsOf(distances).medianMs() ?? 0;
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.011);
    }),
    { seed: 42 },
  );
});

test("it is exact where all distances are alike, and is not moved by one gap", () => {
  expect(binsOf([100, 100, 100]).medianMs()).toBe(100);
  expect(binsOf([100, 100, 8800, 100]).medianMs()).toBe(100);
});

test("without an interval there is no median", () => {
  expect(binsOf([]).medianMs()).toBeUndefined();
});

test("nothing is lost in the bins", () => {
  const bins = [...binsOf([10, 20, 20, 500]).all()];
  const total = (field: "count" | "distanceMs" | "widthMs" | "stepVariance" | "squareSeconds"): number =>
    bins.reduce((sum, bin) => sum + bin[field], 0);
  expect(total("count")).toBe(4);
  expect(total("distanceMs")).toBe(550);
  expect(total("widthMs")).toBe(550);
  expect(total("squareSeconds")).toBeCloseTo(0.01 ** 2 + 2 * 0.02 ** 2 + 0.5 ** 2, 12);
  expect(total("stepVariance")).toBeCloseTo(total("squareSeconds"), 12);
});

test("a million different distances need few bins", () => {
  const bins = intervalBins();
  for (let index = 1; index <= 1_000_000; index += 1) bins.add({ distanceMs: index / 10, widthMs: 0, stepWatts: 0 });
  expect([...bins.all()].length).toBeLessThan(2000);
});
