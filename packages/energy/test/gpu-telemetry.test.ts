import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gpuTelemetry } from "../src/gpu-telemetry.ts";
import type { Reading } from "../src/meter.ts";

function reading(timeEpochMs: number, device: string, values: Partial<Reading> = {}): Reading {
  return {
    timeEpochMs,
    name: "gpu",
    device,
    powerWatts: undefined,
    temperatureCelsius: undefined,
    utilizationPercent: undefined,
    ...values,
  };
}

function summaryOf(readings: readonly Reading[]): ReturnType<ReturnType<typeof gpuTelemetry>["summary"]> {
  const telemetry = gpuTelemetry();
  for (const one of readings) telemetry.add(one);
  return telemetry.summary();
}

test("power is summed over the GPUs of a sweep", () => {
  const sweeps = [0, 100, 200].flatMap((timeMs) => [
    reading(timeMs, "a", { powerWatts: 100 }),
    reading(timeMs + 4, "b", { powerWatts: 50 }),
  ]);
  expect(summaryOf(sweeps)).toMatchObject({ powerAvgWatts: 150, powerMaxWatts: 150, powerMinWatts: 150 });
});

test("the mean of power is taken over time, not over samples", () => {
  const samples = [reading(0, "a", { powerWatts: 100 }), reading(9000, "a", { powerWatts: 100 })];
  const { powerAvgWatts } = summaryOf([...samples, reading(10_000, "a", { powerWatts: 200 })]);
  expect(powerAvgWatts).toBeCloseTo((9 * 100 + 150) / 10, 9);
});

test("temperature and utilisation are means over the devices' means, maxima over all", () => {
  const sweeps = [
    reading(0, "a", { temperatureCelsius: 40, utilizationPercent: 0 }),
    reading(0, "b", { temperatureCelsius: 60, utilizationPercent: 100 }),
    reading(100, "a", { temperatureCelsius: 44, utilizationPercent: 50 }),
    reading(100, "b", { temperatureCelsius: 64 }),
  ];
  expect(summaryOf(sweeps)).toMatchObject({
    temperatureAvgCelsius: 52,
    temperatureMaxCelsius: 64,
    utilizationAvgPercent: 62.5,
    utilizationMaxPercent: 100,
  });
});

test("a sweep that lacks a GPU, or its power, is no drop in power", () => {
  const sweeps = [
    reading(0, "a", { powerWatts: 100 }),
    reading(0, "b", { powerWatts: 100 }),
    reading(100, "a", { powerWatts: 100 }),
    reading(200, "a", { powerWatts: 100 }),
    reading(200, "b"),
    reading(300, "a", { powerWatts: 100 }),
    reading(300, "b", { powerWatts: 100 }),
  ];
  expect(summaryOf(sweeps)).toMatchObject({ powerAvgWatts: 200, powerMinWatts: 200, powerMaxWatts: 200 });
});

test("a window that begins in the middle of a sweep loses nothing but the order", () => {
  const sweeps = [
    reading(4, "b", { powerWatts: 50 }),
    reading(100, "a", { powerWatts: 100 }),
    reading(104, "b", { powerWatts: 50 }),
    reading(200, "a", { powerWatts: 100 }),
  ];
  expect(summaryOf(sweeps)).toMatchObject({ powerMinWatts: 150, powerMaxWatts: 150 });
});

test("repeated and backward stamps are not counted twice", () => {
  const times = [0, 1000, 1000, 0, 2000];
  const samples = times.map((timeMs, index) => reading(timeMs, "a", { powerWatts: [10, 20, 99, 99, 30][index] }));
  expect(summaryOf(samples)).toMatchObject({ powerAvgWatts: 20, powerMaxWatts: 30, powerMinWatts: 10 });
});

test("one reading is its own mean", () => {
  expect(summaryOf([reading(0, "a", { powerWatts: 70 })])).toMatchObject({ powerAvgWatts: 70 });
});

test("nothing seen is undefined, never 0", () => {
  const nothing = {
    powerAvgWatts: undefined,
    powerMaxWatts: undefined,
    powerMinWatts: undefined,
    temperatureAvgCelsius: undefined,
    temperatureMaxCelsius: undefined,
    utilizationAvgPercent: undefined,
    utilizationMaxPercent: undefined,
  };
  expect(summaryOf([])).toEqual(nothing);
  expect(summaryOf([reading(0, "a")])).toEqual(nothing);
});

test("readings of other quantities are ignored", () => {
  expect(summaryOf([{ ...reading(0, "a", { powerWatts: 9 }), name: "cpu_package" }]).powerAvgWatts).toBeUndefined();
});

test("the summary may be asked for twice", () => {
  const telemetry = gpuTelemetry();
  telemetry.add(reading(0, "a", { powerWatts: 70 }));
  expect(telemetry.summary()).toEqual(telemetry.summary());
});

test("power of steady GPUs is their sum, for any number of them and any times", () => {
  const distances = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 30 });
  const gpus = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(distances, gpus, (steps, watts) => {
      let timeMs = 0;
      const readings = steps.flatMap((step) => {
        timeMs += step;
        return watts.map((powerWatts, gpu) => reading(timeMs + gpu / 10, `GPU-${gpu}`, { powerWatts }));
      });
      const sum = watts.reduce((total, value) => total + value, 0);
      expect(summaryOf(readings).powerAvgWatts).toBeCloseTo(sum, 6);
    }),
    { seed: 42 },
  );
});
