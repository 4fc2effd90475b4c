import * as fc from "fast-check";
import { expect, it } from "vitest";
import { TraceCollector, type TraceFeatures } from "../../src/index.ts";

/** Features of powers at moments in seconds. */
function features(samples: readonly (readonly [seconds: number, watts: number])[]): TraceFeatures | undefined {
  const collector = new TraceCollector("GPU-1", 2.5);
  for (const [seconds, watts] of samples) collector.addPower(seconds * 1000, watts);
  return collector.features();
}

it("a constant power is integrated to power times time, however its samples lie", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), fc.integer({ min: 1 }), (steps, watts) => {
      let seconds = 0;
      const moments = [0, ...steps.map((step) => (seconds += step))];
      const found = features(moments.map((moment) => [moment, watts]));
      expect(found?.integralJoules).toBeCloseTo(watts * seconds, 3);
      expect(found).toMatchObject({ samples: moments.length, sumJoules: watts * moments.length });
    }),
  );
});

it("the edges are the first and the last seconds", () => {
  const samples = [70, 72, 74, 200, 200, 200, 90, 92, 94].map((watts, second) => [second, watts] as const);
  expect(features(samples)).toMatchObject({ startWatts: 72, endWatts: 92, minWatts: 70, maxWatts: 200 });
});

it("the longest gap and the mean interval are those of the time stamps", () => {
  expect(
    features([
      [0, 1],
      [1, 1],
      [7, 1],
      [8, 1],
    ]),
  ).toMatchObject({ longestGapSeconds: 6, intervalSeconds: 8 / 3 });
});

it.each([
  ["is told twice", [0, 1, 1, 2]],
  ["lies in the past", [0, 1, 0.5, 2]],
])("a moment that %s has no time of its own", (_, moments) => {
  expect(features(moments.map((moment) => [moment, 100]))).toMatchObject({ integralJoules: 200, samples: 4 });
});

it("utilisation and temperature have features of their own", () => {
  const collector = new TraceCollector("GPU-1", 2.5);
  [0, 1, 2, 3, 4].forEach((second) => {
    collector.addPower(second * 1000, 100);
    collector.addUtilization(second * 1000, second < 3 ? 0 : 100);
    collector.addTemperature(40 + second);
  });
  expect(collector.features()).toMatchObject({
    device: "GPU-1",
    startUtilizationPercent: 0,
    meanUtilizationPercent: 40,
    maxUtilizationPercent: 100,
    startCelsius: 40,
    maxCelsius: 44,
  });
});

it("what was not seen is undefined: no power, no features; one sample, no interval", () => {
  const collector = new TraceCollector("", 2.5);
  collector.addUtilization(0, 50);
  expect(collector.features()).toBeUndefined();
  expect(features([[0, 100]])).toMatchObject({ intervalSeconds: undefined, startUtilizationPercent: undefined });
});
