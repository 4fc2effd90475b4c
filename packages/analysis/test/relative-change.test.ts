import { expect, it } from "vitest";
import { relativeChange } from "../src/relative-change.ts";
import { type Sample, sampleOf } from "../src/sample.ts";

const sample = (...values: readonly number[]): Sample => {
  const found = sampleOf(values);
  if (!found) throw new RangeError("expected values");
  return found;
};

it("18 % less is −0.18, with an interval around it", () => {
  const { change, interval95 = [0, 0] } = relativeChange(sample(81, 82, 83), sample(99, 100, 101)) ?? { change: 0 };
  expect(change).toBeCloseTo(-0.18, 9);
  expect(interval95[0]).toBeLessThan(-0.18);
  expect(interval95[1]).toBeGreaterThan(-0.18);
  expect(interval95[1]).toBeLessThan(0);
});

it("without spread the interval is a point", () => {
  expect(relativeChange(sample(5, 5), sample(10, 10))).toEqual({ change: -0.5, interval95: [-0.5, -0.5] });
});

it.each([
  ["one run of the command", sample(5), sample(10, 11)],
  ["one run of the baseline", sample(5, 6), sample(10)],
  ["a baseline that may be zero", sample(5, 6), sample(1, 1000)],
])("%s has no interval", (_, changed, baseline) => {
  expect(relativeChange(changed, baseline)?.interval95).toBeUndefined();
});

it("nothing is relative to zero", () => {
  expect(relativeChange(sample(5, 6), sample(0, 0))).toBeUndefined();
});

it("the interval holds the true change 95 times in 100, also when the variances differ", () => {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const draw = (n: number, mean: number, deviation: number): Sample =>
    sample(...Array.from({ length: n }, () => mean + deviation * normal()));
  let hits = 0;
  for (let trial = 0; trial < 4000; trial += 1) {
    const [low, high] = relativeChange(draw(8, 80, 12), draw(5, 100, 4))?.interval95 ?? [1, 1];
    if (low <= -0.2 && high >= -0.2) hits += 1;
  }
  expect(hits / 4000).toBeGreaterThan(0.94);
  expect(hits / 4000).toBeLessThan(0.97);
});
