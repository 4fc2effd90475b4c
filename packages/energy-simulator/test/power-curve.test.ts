import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bandLimitedPower, type PowerCurve, squareWavePower } from "../src/power-curve.ts";

/** The midpoint rule on a fine grid. */
function summed(curve: PowerCurve, from: number, to: number): number {
  const steps = 20_000;
  const width = (to - from) / steps;
  let joules = 0;
  for (let step = 0; step < steps; step += 1) joules += curve.wattsAt(from + (step + 0.5) * width) * width;
  return joules;
}

test("the energy of a random curve is the integral of its power", () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0, max: 50, noNaN: true }), (seed, from) => {
      const curve = bandLimitedPower({ seed });
      expect(curve.joules(from, from + 10)).toBeCloseTo(summed(curve, from, from + 10), 3);
    }),
    { seed: 42, numRuns: 20 },
  );
});

test("it stays within its swing, and the same seed gives the same curve", () => {
  const curve = bandLimitedPower({ seed: 1, meanWatts: 300, swingWatts: 200 });
  const watts = Array.from({ length: 5000 }, (_, index) => curve.wattsAt(index / 10));
  expect(Math.min(...watts)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...watts)).toBeLessThanOrEqual(500);
  expect(bandLimitedPower({ seed: 1 }).wattsAt(3)).toBe(bandLimitedPower({ seed: "1" }).wattsAt(3));
  expect(bandLimitedPower({ seed: 2 }).wattsAt(3)).not.toBe(curve.wattsAt(3));
});

test("the energy of a square wave is that of its high and its low parts", () => {
  const wave = squareWavePower({ lowWatts: 50, highWatts: 250, periodSeconds: 4, highShare: 0.25 });
  expect(wave.joules(0, 4)).toBe(250 + 3 * 50);
  expect(wave.joules(0.5, 1.5)).toBe(0.5 * 250 + 0.5 * 50);
  expect(wave.joules(-4, 0)).toBe(wave.joules(0, 4));
  expect([0, 0.99, 1, 3.99, 4].map((seconds) => wave.wattsAt(seconds))).toEqual([250, 250, 50, 50, 250]);
});
