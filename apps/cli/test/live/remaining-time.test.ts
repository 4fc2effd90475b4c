import * as fc from "fast-check";
import { expect, it } from "vitest";
import { remainingTime } from "../../src/live/remaining-time.ts";

it("is not known before the first run has ended, and a point after it", () => {
  expect(remainingTime([], 5)).toBeUndefined();
  expect(remainingTime([60], 5)).toEqual({ seconds: 300, range: undefined });
});

it("is a range by the spread of the runs", () => {
  // 4 · 61 ± 4.3027 · 1 · √(4 + 16/3)
  const { seconds, range = [0, 0] } = remainingTime([60, 61, 62], 4) ?? { seconds: 0 };
  expect(seconds).toBe(244);
  expect(range[0]).toBeCloseTo(244 - 13.145, 2);
  expect(range[1]).toBeCloseTo(244 + 13.145, 2);
});

it("is never negative, and nothing when nothing is left", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 2 }),
      fc.nat(1000),
      (values, left) => {
        const { seconds, range = [0, 0] } = remainingTime(values, left) ?? { seconds: -1 };
        expect(range[0]).toBeGreaterThanOrEqual(0);
        expect(seconds).toBeGreaterThanOrEqual(range[0]);
        expect(range[1]).toBeGreaterThanOrEqual(seconds);
      },
    ),
  );
  expect(remainingTime([1, 2], 0)).toEqual({ seconds: 0, range: [0, 0] });
});
