import * as fc from "fast-check";
import { expect, test } from "vitest";
import { integratePower } from "../src/integrate-power.ts";
import { powerIntegrator } from "../src/power-integrator.ts";
import type { PowerSample } from "../src/power-series.ts";
import { liveHeapBytes } from "./live-heap.ts";

const at = (timeMs: number, powerWatts: number): PowerSample => ({ timeMs, powerWatts });
const sample = fc.record({
  timeMs: fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.constant(Number.NaN)),
  powerWatts: fc.oneof(fc.integer({ min: 0, max: 700 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)),
});

test("sample by sample it finds what the whole series gives, when the end becomes known only then", () => {
  const rising = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 700 })), {
    minLength: 2,
    maxLength: 200,
  });
  fc.assert(
    fc.property(rising, fc.integer({ min: 0, max: 9000 }), (steps, beforeNewestMs) => {
      let timeMs = 0;
      const series = steps.map(([stepMs, watts]) => {
        timeMs += stepMs;
        return at(timeMs, watts);
      });
      const window = { startMs: -500, endMs: Math.max(-500, timeMs - beforeNewestMs) };
      const integrator = powerIntegrator({ startMs: window.startMs });
      for (const one of series) integrator.add(one);
      const whole = integratePower(series, window);
      expect(integrator.finish(window.endMs)).toEqual(whole);
    }),
    { seed: 42 },
  );
});

test("what is not finite, repeated or backward changes nothing", () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 50 }), (samples) => {
      const clean: PowerSample[] = [];
      for (const one of samples) {
        const isFinite = Number.isFinite(one.timeMs) && Number.isFinite(one.powerWatts);
        if (isFinite && one.timeMs > (clean.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY)) clean.push(one);
      }
      const window = { startMs: 0, endMs: 60_000 };
      expect(integratePower(samples, window)).toEqual(integratePower(clean, window));
    }),
    { seed: 42 },
  );
});

test("a day of samples is kept as a minute of them is", () => {
  const integrator = powerIntegrator({ startMs: 0 });
  const heapAfter = (from: number, to: number): number => {
    for (let index = from; index < to; index += 1) integrator.add(at(index * 100 + (index % 7), 300 + (index % 5)));
    return liveHeapBytes();
  };
  const minute = heapAfter(0, 600);
  expect(heapAfter(600, 864_000) - minute).toBeLessThan(1e6); // as objects they would take 60 MB
  expect(integrator.finish(86_400_000)?.samples).toBe(863_999);
});

test("a sensor that may be late is uncertain at both edges by what it may have moved across them", () => {
  const series = [at(0, 100), at(1000, 100), at(1100, 300), at(2000, 300)];
  const edges = (delayMs: number): number | undefined =>
    integratePower(series, { startMs: 0, endMs: 2000 }, { delayMs })?.uncertainty.edges;
  expect(edges(0)).toBe(0);
  expect(edges(500)).toBeCloseTo((Math.SQRT2 * 200 * 0.5) / Math.sqrt(3), 9);
});

test("the mean power is the energy over the duration", () => {
  expect(integratePower([at(0, 100), at(1000, 300)], { startMs: 0, endMs: 1000 })?.powerAvgWatts).toBe(200);
});
