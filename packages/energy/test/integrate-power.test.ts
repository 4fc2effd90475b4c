import * as fc from "fast-check";
import { expect, test } from "vitest";
import { integratePower } from "../src/integrate-power.ts";
import type { PowerSample, TimeWindow } from "../src/power-series.ts";
import { rectangular } from "../src/uncertainty.ts";

const constant = (watts: number, times: readonly number[]): PowerSample[] =>
  times.map((timeMs) => ({ timeMs, powerWatts: watts }));
const every100 = (count: number): number[] => Array.from({ length: count }, (_, index) => index * 100);

const steps = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 60 });
const series = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 700 })), { minLength: 2, maxLength: 60 })
  .map((pairs) => {
    let timeMs = 0;
    return pairs.map(([stepMs, powerWatts]): PowerSample => {
      timeMs += stepMs;
      return { timeMs, powerWatts };
    });
  });
const moment = fc.integer({ min: -2000, max: 100_000 });

function energyOf(samples: readonly PowerSample[], window: TimeWindow): number {
  return integratePower(samples, window)?.energyJoules ?? 0;
}

test("constant power gives P·t for any sample times, jittered or with gaps, and any window", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 1000 }), moment, moment, (distances, watts, a, b) => {
      let timeMs = 0;
      const times = distances.map((distance) => {
        timeMs += distance;
        return timeMs;
      });
      const window = { startMs: Math.min(a, b), endMs: Math.max(a, b) + 1 };
      const power = integratePower(constant(watts, times), window);
      expect(power?.energyJoules).toBeCloseTo((watts * (window.endMs - window.startMs)) / 1000, 6);
    }),
    { seed: 42 },
  );
});

test("energy is additive over adjacent windows", () => {
  fc.assert(
    fc.property(series, moment, moment, moment, (samples, a, b, c) => {
      const [startMs = 0, middleMs = 0, endMs = 0] = [a, b, c].sort((x, y) => x - y);
      const whole = { startMs, endMs };
      const left = { startMs, endMs: middleMs };
      const right = { startMs: middleMs, endMs };
      expect(energyOf(samples, left) + energyOf(samples, right)).toBeCloseTo(energyOf(samples, whole), 6);
    }),
    { seed: 42 },
  );
});

test("energy lies between the lowest and the highest power times the duration", () => {
  fc.assert(
    fc.property(series, moment, fc.integer({ min: 1, max: 50_000 }), (samples, startMs, lengthMs) => {
      const power = integratePower(samples, { startMs, endMs: startMs + lengthMs });
      const watts = samples.map(({ powerWatts }) => powerWatts);
      const seconds = lengthMs / 1000;
      expect(power?.energyJoules).toBeGreaterThanOrEqual(Math.min(...watts) * seconds - 1e-6);
      expect(power?.energyJoules).toBeLessThanOrEqual(Math.max(...watts) * seconds + 1e-6);
    }),
    { seed: 42 },
  );
});

test("coverage is a share and the uncertainty finite, whatever the samples", () => {
  fc.assert(
    fc.property(series, moment, fc.integer({ min: 1, max: 50_000 }), (samples, startMs, lengthMs) => {
      const power = integratePower(samples, { startMs, endMs: startMs + lengthMs });
      expect(power?.coverage).toBeGreaterThanOrEqual(0);
      expect(power?.coverage).toBeLessThanOrEqual(1);
      expect(Number.isFinite(power?.uncertainty.combined)).toBe(true);
    }),
    { seed: 42 },
  );
});

test("repeated and backward stamps change nothing", () => {
  const clean = constant(100, every100(20)).map((sample, index) => ({ ...sample, powerWatts: 100 + index }));
  const dirty = clean.flatMap((sample) => [sample, { ...sample, powerWatts: 999 }, { timeMs: -1, powerWatts: 0 }]);
  const window = { startMs: 0, endMs: 1900 };
  expect(integratePower(dirty, window)).toEqual(integratePower(clean, window));
});

test("a ramp is integrated exactly", () => {
  const ramp = every100(11).map((timeMs) => ({ timeMs, powerWatts: timeMs }));
  expect(integratePower(ramp, { startMs: 0, endMs: 1000 })?.energyJoules).toBeCloseTo(500, 9);
});

test("samples are counted inside the window only", () => {
  expect(integratePower(constant(1, every100(11)), { startMs: 250, endMs: 750 })?.samples).toBe(5);
});

test("an even series is covered and has no gap", () => {
  expect(integratePower(constant(50, every100(11)), { startMs: 0, endMs: 1000 })).toMatchObject({
    energyJoules: 50,
    durationSeconds: 1,
    coverage: 1,
    medianIntervalMs: 100,
    longestGapMs: 100,
    uncertainty: { combined: 0 },
  });
});

test("a distance of more than five median intervals is a gap, bridged and counted", () => {
  const times = [...every100(11), 2000, ...every100(10).map((timeMs) => 2100 + timeMs)];
  const power = integratePower(constant(100, times), { startMs: 0, endMs: 3000 });
  expect(power).toMatchObject({ longestGapMs: 1000 });
  expect(power?.energyJoules).toBeCloseTo(300, 9);
  expect(power?.coverage).toBeCloseTo(2 / 3, 9);
});

test("exactly five median intervals are no gap yet, unless the factor says so", () => {
  const times = [0, 100, 200, 300, 800, 900, 1000];
  const window = { startMs: 0, endMs: 1000 };
  expect(integratePower(constant(1, times), window)?.coverage).toBe(1);
  expect(integratePower(constant(1, times), window, { gapFactor: 4 })?.coverage).toBeCloseTo(0.5, 9);
});

test("the part of a gap that a window cuts off is still a gap", () => {
  const times = [...every100(11), 11_000, 11_100, 11_200];
  const power = integratePower(constant(100, times), { startMs: 500, endMs: 1300 });
  expect(power?.coverage).toBeCloseTo(5 / 8, 9);
  expect(power?.longestGapMs).toBe(10_000);
});

test("a window inside one gap is not covered at all", () => {
  const times = [...every100(11), 11_000, 11_100, 11_200];
  expect(integratePower(constant(100, times), { startMs: 5000, endMs: 5100 })).toMatchObject({
    coverage: 0,
    samples: 0,
  });
});

test("readings that end early leave the rest of the window uncovered", () => {
  const power = integratePower(constant(100, every100(11)), { startMs: 0, endMs: 4000 });
  expect(power?.coverage).toBeCloseTo(0.25, 9);
});

test("steady samples say nothing about a gap: it is as uncertain as the power is high", () => {
  const power = integratePower(constant(100, every100(11)), { startMs: 0, endMs: 4000 });
  expect(power?.uncertainty.edges).toBeCloseTo(rectangular(100 * 3), 9);
});

test("a step between two samples is uncertain by half of it times its width", () => {
  const samples = [...constant(0, [0, 100]), ...constant(100, [200, 300])];
  const { uncertainty } = integratePower(samples, { startMs: 0, endMs: 300 }) ?? {};
  expect(uncertainty?.sampling).toBeCloseTo(rectangular(50 * 0.1), 9);
  expect(uncertainty?.edges).toBe(0);
});

test("short held edges are uncertain by the range of the series", () => {
  const samples = [...constant(0, [0, 100]), ...constant(100, [200, 300])];
  const { uncertainty } = integratePower(samples, { startMs: 0, endMs: 400 }) ?? {};
  expect(uncertainty?.edges).toBeCloseTo(rectangular(100 * 0.1), 9);
});

test("the sensor is wrong all the time in the same direction", () => {
  const { uncertainty } =
    integratePower(constant(100, every100(101)), { startMs: 0, endMs: 10_000 }, { sensorWatts: 5 }) ?? {};
  expect(uncertainty?.sensor).toBeCloseTo(rectangular(50), 9);
  expect(uncertainty?.combined).toBeCloseTo(2 * rectangular(50), 9);
});

test("rounding of the readings averages out", () => {
  const samples = constant(100, every100(101));
  const { uncertainty } = integratePower(samples, { startMs: 0, endMs: 10_000 }, { resolutionWatts: 1 }) ?? {};
  expect(uncertainty?.quantisation).toBeCloseTo(rectangular(0.5 * 0.1) * Math.sqrt(101), 9);
});

test("no energy can be told from fewer than two samples or in an empty window", () => {
  expect(integratePower([], { startMs: 0, endMs: 1 })).toBeUndefined();
  expect(integratePower(constant(1, [0]), { startMs: 0, endMs: 1 })).toBeUndefined();
  expect(integratePower(constant(1, [0, 0, 0]), { startMs: 0, endMs: 1 })).toBeUndefined();
  expect(integratePower(constant(1, [0, 1]), { startMs: 1, endMs: 1 })).toBeUndefined();
});

test("a window that ends before it starts is refused", () => {
  expect(() => integratePower(constant(1, [0, 1]), { startMs: 2, endMs: 1 })).toThrow(/ends after its start/);
});
