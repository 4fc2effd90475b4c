import * as fc from "fast-check";
import { expect, it } from "vitest";
import { sampleOf } from "../src/sample.ts";

it("no values are no sample", () => expect(sampleOf([])).toBeUndefined());

it("one value has no interval and no deviation", () => {
  expect(sampleOf([5])).toEqual({
    n: 1,
    mean: 5,
    standardDeviation: undefined,
    interval95: undefined,
    min: 5,
    max: 5,
  });
});

it("has mean, deviation and Student's interval", () => {
  const sample = sampleOf([9, 10, 11]);
  expect(sample).toMatchObject({ n: 3, mean: 10, standardDeviation: 1, min: 9, max: 11 });
  // 10 ± 4.3027 · 1 / √3
  expect(sample?.interval95?.[0]).toBeCloseTo(7.516, 3);
  expect(sample?.interval95?.[1]).toBeCloseTo(12.484, 3);
});

it("the interval holds the true mean 95 times in 100", () => {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  let hits = 0;
  for (let trial = 0; trial < 4000; trial += 1) {
    const [low, high] = sampleOf(Array.from({ length: 5 }, () => 100 + 7 * normal()))?.interval95 ?? [0, 0];
    if (low <= 100 && high >= 100) hits += 1;
  }
  expect(hits / 4000).toBeGreaterThan(0.94);
  expect(hits / 4000).toBeLessThan(0.96);
});

it("never makes a NaN", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 20 }), (values) => {
      const { mean, interval95 = [0, 0], standardDeviation = 0 } = sampleOf(values) ?? {};
      for (const value of [mean, ...interval95, standardDeviation]) expect(value).toSatisfy(Number.isFinite);
    }),
    { seed: 4 },
  );
});
