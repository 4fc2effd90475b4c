import {
  integratePower,
  type PowerSample,
  type Quantity,
  QuantityJson,
  quantityToJson,
  rectangular,
  type TimeWindow,
} from "@ea/energy";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gpuQuantity, type MeteredGpu, SENSOR_WATTS } from "../src/gpu-quantities.ts";

const steady = (watts: number, seconds: number): PowerSample[] =>
  Array.from({ length: seconds * 10 + 1 }, (_, index) => ({ timeMs: index * 100, powerWatts: watts }));
const gpu: MeteredGpu = {
  uuid: "GPU-a",
  sensor: { column: "power.draw", kind: "average", updatePeriodMs: 100 },
  isMig: false,
};
const quantityOf = (series: readonly PowerSample[], window: TimeWindow, failure?: string): Quantity =>
  gpuQuantity(gpu, integratePower(series, window, { sensorWatts: SENSOR_WATTS }), { failure });
const TEN_SECONDS = { startMs: 0, endMs: 10_000 };

test("power over time is energy of one device, integrated", () => {
  const quantity = quantityOf(steady(100, 10), TEN_SECONDS);
  expect(quantity).toMatchObject({
    name: "gpu",
    scope: "device",
    device: "GPU-a",
    value: 1000,
    quality: "integrated",
    source: "nvidia-smi",
    coverage: 1,
  });
  expect(quantity.reason).toBeUndefined();
});

test("the method says what was integrated", () => {
  const method = (more: Partial<MeteredGpu>): string =>
    gpuQuantity({ ...gpu, ...more }, integratePower(steady(1, 1), TEN_SECONDS)).method;
  expect(method({})).toBe(
    "power.draw (mean over 1 s, shifted back by half of it, updated every 100 ms) integrated over time stamps (trapezoid)",
  );
  const sensor = { column: "power.draw.instant", kind: "instant", updatePeriodMs: undefined } as const;
  expect(method({ sensor, isMig: true })).toBe(
    "power.draw.instant (power at a moment) integrated over time stamps (trapezoid); the whole GPU with all its MIG slices",
  );
});

test("what the driver printed in place of a power is the reason, unless nvidia-smi ended", () => {
  const { reason } = gpuQuantity(gpu, integratePower(steady(100, 2), TEN_SECONDS), { absence: "[GPU is lost]" });
  expect(reason).toBe('gaps of up to 8.0 s between readings: the driver printed "[GPU is lost]"');
});

test("the sensor is off by up to 5 W all the time", () => {
  const { uncertainty } = quantityOf(steady(100, 10), TEN_SECONDS);
  expect(SENSOR_WATTS).toBe(5);
  expect(uncertainty?.sensor).toBeCloseTo(rectangular(50), 9);
});

test("gaps beyond the policy make it a part, with its reason", () => {
  const quantity = quantityOf(steady(100, 9), TEN_SECONDS, "nvidia-smi ended early (SIGKILL)");
  expect(quantity).toMatchObject({
    quality: "partial",
    coverage: 0.9,
    reason: "gaps of up to 1.0 s between readings: nvidia-smi ended early (SIGKILL)",
  });
});

test("steady power before a gap does not make what was bridged any surer", () => {
  const { value, uncertainty } = quantityOf(steady(100, 2), TEN_SECONDS);
  expect(uncertainty?.combined).toBeGreaterThan(0.9 * (value ?? 0));
});

test("gaps within the policy leave it integrated", () => {
  const holed = steady(100, 10).filter(({ timeMs }) => timeMs <= 5000 || timeMs > 5450);
  expect(quantityOf(holed, TEN_SECONDS).quality).toBe("integrated");
});

test.each([
  ["no reading", []],
  ["one reading", steady(100, 0)],
])("%s is no energy", (_, series) => {
  expect(quantityOf(series, TEN_SECONDS, "nvidia-smi ended early (9)")).toMatchObject({
    value: null,
    quality: "unavailable",
    device: "GPU-a",
    reason: "fewer than two power readings at different times: nvidia-smi ended early (9)",
  });
});

test("readings that ended before the window tell nothing about it", () => {
  expect(quantityOf(steady(100, 2), { startMs: 5000, endMs: 10_000 })).toMatchObject({
    value: null,
    reason: "no power reading inside the window",
  });
});

test("a run shorter than the distance of two readings has the energy between them", () => {
  expect(quantityOf(steady(100, 2), { startMs: 1010, endMs: 1060 }).value).toBeCloseTo(5, 9);
});

test("any series gives a quantity that fits on disk", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -50, max: 3000 }), fc.integer({ min: 0, max: 700 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      steps,
      fc.integer({ min: -1000, max: 60_000 }),
      fc.integer({ min: 0, max: 60_000 }),
      (pairs, start, length) => {
        let timeMs = 0;
        const series = pairs.map(([step, powerWatts]): PowerSample => {
          timeMs += step;
          return { timeMs, powerWatts };
        });
        const quantity = quantityOf(series, { startMs: start, endMs: start + length });
        expect(QuantityJson.safeParse(quantityToJson(quantity)).success).toBe(true);
        expect(quantity.value === null).toBe(quantity.quality === "unavailable");
      },
    ),
    { seed: 42 },
  );
});
