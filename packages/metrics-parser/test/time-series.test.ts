import * as fc from "fast-check";
import { expect, it } from "vitest";
import { columnStatistics } from "../src/column-statistics.ts";
import { TimeSeries, type TimeSummary } from "../src/time-series.ts";

type Point = readonly [timeMs: number, value: number];

function series(points: readonly Point[]): TimeSeries {
  const result = new TimeSeries();
  for (const [timeMs, value] of points) result.add(timeMs, value);
  return result;
}
const summary = (points: readonly Point[]): TimeSummary => series(points).summary();

it("integrates a straight line exactly", () => {
  expect(
    summary([
      [0, 100],
      [1000, 200],
      [4000, 200],
    ]),
  ).toEqual({
    seconds: 4,
    integral: 750,
    mean: 187.5,
    longestGapSeconds: 3,
    backwards: 0,
    simultaneous: 0,
    untimed: 0,
  });
});

it("has no integral where no time passes", () => {
  expect(summary([])).toMatchObject({ seconds: 0, integral: undefined, mean: undefined });
  expect(summary([[5, 1]])).toMatchObject({ integral: undefined });
  expect(
    summary([
      [5, 1],
      [5, 2],
      [5, 2],
    ]),
  ).toMatchObject({ integral: undefined, mean: undefined, simultaneous: 1 });
});

it("integrates nothing across a step back in time, and tells of it", () => {
  expect(
    summary([
      [0, 1],
      [1000, 1],
      [500, 3],
      [1500, 3],
    ]),
  ).toMatchObject({ seconds: 2, integral: 4, backwards: 1 });
});

it("leaves out what has no time", () => {
  expect(
    summary([
      [0, 1],
      [Number.NaN, 99],
      [1000, 1],
    ]),
  ).toMatchObject({ integral: 1, untimed: 1 });
});

const times = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 1e6 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const points = fc.array(fc.tuple(times, fc.integer({ min: 0, max: 500 })), { maxLength: 20 });

it("merges parts to what the whole gives", () => {
  fc.assert(
    fc.property(fc.array(points), (parts) => {
      const merged = new TimeSeries();
      for (const part of parts) merged.merge(series(part));
      expect(merged.summary()).toEqual(summary(parts.flat()));
    }),
    { seed: 20261124, numRuns: 1000 },
  );
});

it("has P · t of a constant power, whatever the steps", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 10_000 }), { minLength: 1 }), fc.nat({ max: 700 }), (steps, watts) => {
      let at = 0;
      const { seconds, integral } = summary([[0, watts], ...steps.map((step): Point => [(at += step), watts])]);
      expect(seconds).toBe(at / 1000);
      expect(integral ?? 0).toBeCloseTo((watts * at) / 1000, 6);
    }),
    { seed: 20261124, numRuns: 500 },
  );
});

it("is part of the statistics when a time column is named", async () => {
  const rows = ["2026/03/03 09:14:00.000, 100 W", "2026/03/03 09:14:02.000, [N/A]", "2026/03/03 09:14:04.000, 200 W"];
  const text = `timestamp, power.draw [W]\n${rows.join("\n")}\n`;
  const { columns } = await columnStatistics(text, { columns: ["power.draw"], timeColumn: "timestamp" });
  expect(columns["power.draw"]).toMatchObject({
    avg: 150,
    missing: 1,
    overTime: { seconds: 4, integral: 600, mean: 150, longestGapSeconds: 4 },
  });
  await expect(columnStatistics(text, { timeColumn: "time" })).rejects.toMatchObject({ code: "MISSING_COLUMN" });
});
