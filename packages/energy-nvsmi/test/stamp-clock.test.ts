import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stampClock } from "../src/stamp-clock.ts";

const HOUR_MS = 3_600_000;

/** Times of rows that were taken at `taken`, stamped by a clock that is `ahead` and delivered `late`. */
function follow(rows: readonly { taken: number; ahead: number; late: number }[]): readonly number[] {
  const clock = stampClock();
  return rows.map(({ taken, ahead, late }) => clock.timeOf(taken + ahead, taken + late));
}
const every100 = (count: number): number[] => Array.from({ length: count }, (_, index) => index * 100);

test("stamps space the rows, however late each of them arrives", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 49 }), (delays) => {
      const rows = every100(delays.length).map((taken, index) => ({ taken, ahead: 777, late: delays[index] ?? 0 }));
      const times = follow(rows);
      const quickest = delays.map((_, index) => Math.min(...delays.slice(0, index + 1)));
      for (const [index, time] of times.entries()) expect(time - index * 100).toBeCloseTo(quickest[index] ?? 0, 6);
    }),
    { seed: 42 },
  );
});

test.each([
  ["forward", HOUR_MS],
  ["back", -HOUR_MS],
  ["back by little", -300],
])("a system clock that steps %s moves no row", (_, step) => {
  const rows = every100(40).map((taken, index) => ({ taken, ahead: index < 20 ? 0 : step, late: 3 }));
  for (const [index, time] of follow(rows).entries()) expect(time).toBeCloseTo(index * 100 + 3, 6);
});

test.each([
  ["forward", HOUR_MS],
  ["back", -HOUR_MS],
])("nor does one that steps %s when rows are fetched once a second", (_, step) => {
  const rows = every100(100).map((taken, index) => ({
    taken,
    ahead: index < 55 ? 0 : step,
    late: 999 - (taken % 1000),
  }));
  const times = follow(rows).slice(20);
  for (const [index, time] of times.entries()) expect(time).toBeCloseTo((index + 20) * 100 + 99, 6);
});

test("a step that hides in a gap is found within five seconds of rows", () => {
  const rows = every100(150).map((taken, index) => ({
    taken: taken + (index < 20 ? 0 : 5000),
    ahead: index < 20 ? 0 : -2000,
    late: 3,
  }));
  const times = follow(rows);
  expect((times.at(-1) ?? 0) - 14_900 - 5000).toBeCloseTo(3, 6);
});

test("rows that wait for each other keep their distances once the first block is there", () => {
  const rows = every100(200).map((taken) => ({ taken, ahead: 0, late: 3900 - (taken % 4000) }));
  const times = follow(rows);
  for (const [index, time] of times.slice(40).entries()) expect(time).toBeCloseTo((index + 40) * 100, 6);
});

test("the rows of one sweep may be a little out of order", () => {
  const clock = stampClock();
  expect(clock.timeOf(1020, 20)).toBe(20);
  expect(clock.timeOf(1000, 20)).toBe(0);
  expect(clock.timeOf(1100, 103)).toBe(100);
});
