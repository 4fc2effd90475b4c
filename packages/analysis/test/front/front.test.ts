import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hypervolume, worstCorner } from "../../src/front/hypervolume.ts";
import { kneeOf } from "../../src/front/knee.ts";
import { membership } from "../../src/front/membership.ts";
import { paretoFront } from "../../src/pareto-front.ts";

const options = { goal: "max", resamples: 500, seed: "1" } as const;

describe("membership of the front", () => {
  it("is certain for what nothing comes near, and for what is far behind", () => {
    const cheap = [1, 1.1].map((cost) => ({ cost, value: 0.9 }));
    const beaten = [5, 5.1].map((cost) => ({ cost, value: 0.8 }));
    expect(membership([cheap, beaten], options)).toEqual([1, 0]);
  });

  it("is shared by configurations whose repetitions overlap", () => {
    const a = [10, 12, 11, 13].map((cost) => ({ cost, value: 0.9 }));
    const b = [10.5, 12.5, 11, 12].map((cost) => ({ cost, value: 0.9 }));
    const [first = 0, second = 0] = membership([a, b], options);
    expect(first).toBeGreaterThan(0.2);
    expect(second).toBeGreaterThan(0.2);
    expect(first + second).toBeGreaterThanOrEqual(1);
  });

  it("depends on nothing but the seed", () => {
    const pairs = [10, 12, 11, 13].map((cost) => ({ cost, value: cost / 10 }));
    expect(membership([pairs, pairs], options)).toEqual(membership([pairs, pairs], options));
  });
});

describe("the knee", () => {
  it("is where more cost begins to buy less", () => {
    const front = [
      { x: 1, y: 0.5 },
      { x: 2, y: 0.9 },
      { x: 10, y: 0.95 },
    ];
    expect(kneeOf(front)).toBe(front[1]);
  });

  it("is not there with two points, nor in a front that sags", () => {
    expect(
      kneeOf([
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ]),
    ).toBeUndefined();
    expect(
      kneeOf([
        { x: 0, y: 0 },
        { x: 8, y: 1 },
        { x: 10, y: 10 },
      ]),
    ).toBeUndefined();
  });
});

describe("the hypervolume", () => {
  it("is the area between the front and the reference", () => {
    const front = [
      { x: 1, y: 0.5 },
      { x: 2, y: 0.9 },
    ];
    expect(hypervolume(front, { x: 4, y: 0.1 }, "max")).toBeCloseTo(3 * 0.4 + 2 * 0.4, 12);
    expect(hypervolume([{ x: 2, y: 0.1 }], { x: 4, y: 0.5 }, "min")).toBeCloseTo(0.8, 12);
  });

  it("of points that are not better than the reference is nothing", () => {
    expect(hypervolume([{ x: 5, y: 0.9 }], { x: 4, y: 0.1 }, "max")).toBe(0);
  });

  const point = fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }) });
  it.each(["min", "max"] as const)("counts the cells of a grid that points reach (%s)", (goal) => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 12 }), point, (points, reference) => {
        const reached = new Set<string>();
        for (const { x, y } of points) {
          for (let column = x; column < reference.x; column += 1) {
            const [from, to] = goal === "max" ? [reference.y, y] : [y, reference.y];
            for (let row = from; row < to; row += 1) reached.add(`${column} ${row}`);
          }
        }
        expect(hypervolume(paretoFront(points, goal), reference, goal)).toBe(reached.size);
      }),
      { seed: 8 },
    );
  });

  it("is reckoned from the worst corner where no reference is given", () => {
    expect(
      worstCorner(
        [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
        "max",
      ),
    ).toEqual({ x: 3, y: 2 });
    expect(
      worstCorner(
        [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
        "min",
      ),
    ).toEqual({ x: 3, y: 4 });
  });
});
