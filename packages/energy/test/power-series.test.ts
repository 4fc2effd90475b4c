import * as fc from "fast-check";
import { expect, test } from "vitest";
import { EnergyError } from "../src/errors.ts";
import { cleanSeries, clipSeries, medianIntervalMs } from "../src/power-series.ts";

const at = (timeMs: number, powerWatts: number): { timeMs: number; powerWatts: number } => ({ timeMs, powerWatts });

test("a repeated stamp keeps the first sample", () => {
  expect(cleanSeries([at(0, 1), at(10, 2), at(10, 9), at(20, 3)])).toEqual([at(0, 1), at(10, 2), at(20, 3)]);
});

test("samples that step back in time are left out until time has caught up", () => {
  expect(cleanSeries([at(0, 1), at(20, 2), at(5, 9), at(20, 9), at(30, 3)])).toEqual([at(0, 1), at(20, 2), at(30, 3)]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "power and time of %d are left out",
  (bad) => {
    expect(cleanSeries([at(0, 1), at(5, bad), at(bad, 5), at(10, 2)])).toEqual([at(0, 1), at(10, 2)]);
  },
);

test("a clean series ascends in time, whatever came in", () => {
  const sample = fc.record({ timeMs: fc.double(), powerWatts: fc.double() });
  fc.assert(
    fc.property(fc.array(sample), (samples) => {
      const clean = cleanSeries(samples);
      for (const [index, { timeMs }] of clean.entries()) {
        expect(timeMs).toBeGreaterThan(clean[index - 1]?.timeMs ?? Number.NEGATIVE_INFINITY);
      }
      expect(cleanSeries(clean)).toEqual(clean);
    }),
    { seed: 42 },
  );
});

test("the median interval is not moved by one gap", () => {
  expect(medianIntervalMs([at(0, 1), at(100, 1), at(200, 1), at(9000, 1), at(9100, 1)])).toBe(100);
});

test("fewer than two samples have no interval", () => {
  expect(medianIntervalMs([])).toBeUndefined();
  expect(medianIntervalMs([at(0, 1)])).toBeUndefined();
});

test("a window between samples begins and ends with interpolated power", () => {
  expect(clipSeries([at(0, 0), at(10, 100), at(20, 0)], { startMs: 5, endMs: 18 })).toEqual([
    at(5, 50),
    at(10, 100),
    at(18, 20),
  ]);
});

test("beyond the series the nearest power is held", () => {
  expect(clipSeries([at(0, 10), at(10, 20)], { startMs: -5, endMs: 15 })).toEqual([
    at(-5, 10),
    at(0, 10),
    at(10, 20),
    at(15, 20),
  ]);
});

test("a window that begins and ends on samples holds each of them once", () => {
  expect(clipSeries([at(0, 10), at(10, 20), at(20, 30)], { startMs: 0, endMs: 20 })).toEqual([
    at(0, 10),
    at(10, 20),
    at(20, 30),
  ]);
});

test("an empty series stays empty", () => {
  expect(clipSeries([], { startMs: 0, endMs: 1 })).toEqual([]);
});

test.each([
  [2, 1],
  [Number.NaN, 1],
  [0, Number.NaN],
])("a window from %d to %d is refused", (startMs, endMs) => {
  expect(() => clipSeries([at(0, 1)], { startMs, endMs })).toThrow(EnergyError);
  expect(() => clipSeries([at(0, 1)], { startMs, endMs })).toThrow(`found ${startMs} to ${endMs} ms`);
});
