import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { association, isBeyondChance } from "../src/statistics/association.ts";
import { meanInterval } from "../src/statistics/mean-interval.ts";
import { paretoFront } from "../src/statistics/pareto-front.ts";
import { studentT95 } from "../src/statistics/student-t.ts";

test("Student's t as in the tables", () => {
  expect([1, 2, 4, 30].map((freedom) => Number(studentT95(freedom).toFixed(3)))).toEqual([12.706, 4.303, 2.776, 2.042]);
});

describe("a mean", () => {
  it("has a 95 % interval from two values on", () => {
    expect(meanInterval([])).toBeUndefined();
    expect(meanInterval([3])).toEqual({ n: 1, mean: 3, half: undefined });
    expect(meanInterval([1, 2, 3])?.half).toBeCloseTo(4.303 / Math.sqrt(3), 3);
  });
});

describe("a Pareto front", () => {
  const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }) }));

  it("is what no other point beats, by a direct comparison", () => {
    fc.assert(
      fc.property(points, fc.constantFrom("max" as const, "min" as const), (all, goal) => {
        const sign = goal === "max" ? 1 : -1;
        const isBeaten = (p: { x: number; y: number }): boolean =>
          all.some((q) => q.x <= p.x && sign * q.y >= sign * p.y && (q.x < p.x || sign * q.y > sign * p.y));
        const order = (a: { x: number; y: number }, b: { x: number; y: number }): number => a.x - b.x || a.y - b.y;
        expect(paretoFront(all, goal).toSorted(order)).toEqual(all.filter((point) => !isBeaten(point)).toSorted(order));
      }),
      { seed: 7 },
    );
  });
});

describe("an association", () => {
  it("is Spearman's for numbers, a correlation ratio for categories", () => {
    expect(association([1, 2, 3, 4], [10, 20, 30, 400])).toEqual({ kind: "rho", value: 1, n: 4, levels: 4 });
    expect(association(["a", "a", "b", "b"], [1, 1, 2, 2])).toEqual({ kind: "eta", value: 1, n: 4, levels: 2 });
  });

  it("of too few or of what does not vary there is none", () => {
    expect(association([1, 2, 3], [1, 2, 3])).toBeUndefined();
    expect(association([1, 1, 1, 1], [1, 2, 3, 4])).toBeUndefined();
  });

  it("of four runs is never beyond chance, of many it is", () => {
    expect(isBeyondChance({ kind: "rho", value: 1, n: 4, levels: 4 }, 1)).toBe(false);
    expect(isBeyondChance({ kind: "rho", value: 0.5, n: 50, levels: 50 }, 5)).toBe(true);
  });
});
