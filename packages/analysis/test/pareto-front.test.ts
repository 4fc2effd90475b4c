import * as fc from "fast-check";
import { expect, it } from "vitest";
import { paretoFront } from "../src/pareto-front.ts";

const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }));
const goals = fc.constantFrom("max", "min");

it("holds exactly the points that no other one beats, by ascending cost", () => {
  fc.assert(
    fc.property(points, goals, (all, goal) => {
      const sign = goal === "max" ? 1 : -1;
      const beats = (one: { x: number; y: number }, other: { x: number; y: number }): boolean =>
        one.x <= other.x && sign * one.y >= sign * other.y && (one.x < other.x || one.y !== other.y);
      const front = paretoFront(all, goal);
      expect(new Set(front)).toEqual(new Set(all.filter((point) => !all.some((other) => beats(other, point)))));
      expect(front.map(({ x }) => x)).toEqual(front.map(({ x }) => x).sort((a, b) => a - b));
    }),
  );
});
