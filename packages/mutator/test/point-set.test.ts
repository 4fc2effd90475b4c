import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PointSet } from "../src/point-set.ts";

const index = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52, 2 ** 53 - 2),
);

test("a point set is a set, whatever its width", () => {
  const law = fc.property(
    fc.nat(4),
    fc.array(fc.array(index, { minLength: 4, maxLength: 4 }), { maxLength: 60 }),
    (width, rows) => {
      const [points, model] = [new PointSet(width), new Set<string>()];
      for (const row of rows) {
        const point = row.slice(0, width);
        expect(points.has(point)).toBe(model.has(point.join()));
        expect(points.add(point)).toBe(!model.has(point.join()));
        model.add(point.join());
        expect(points.has(point)).toBe(true);
        expect(points.size).toBe(model.size);
      }
    },
  );
  fc.assert(law, { seed: 61, numRuns: 500 });
});

test("a hundred thousand points outgrow every table and chunk", () => {
  const points = new PointSet(2);
  const buffer = new Float64Array(2);
  for (let row = 0; row < 100_000; row++) {
    buffer[0] = row % 317;
    buffer[1] = Math.floor(row / 317) * 2 ** 33;
    expect(points.add(buffer)).toBe(true);
  }
  expect(points.size).toBe(100_000);
  expect(points.has([0, 0]) && points.has([316, 100 * 2 ** 33])).toBe(true);
  expect(points.has([317, 0]) || points.has([0, 1])).toBe(false);
  expect(points.add([5, 2 ** 33])).toBe(false);
});
