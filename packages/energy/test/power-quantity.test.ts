import { expect, test } from "vitest";
import { integratePower, type PowerSample, powerQuantity, type TimeWindow } from "../src/index.ts";

const IDENTITY = { name: "gpu", scope: "device", device: "GPU-a", source: "wall", method: "power" } as const;

/** 100 W at these seconds. */
const quantity = (seconds: readonly number[], window: TimeWindow, because?: string) => {
  const series = seconds.map((second): PowerSample => ({ timeMs: second * 1000, powerWatts: 100 }));
  return powerQuantity(IDENTITY, integratePower(series, window), because);
};

test("power over a covered window is integrated, with its uncertainty", () => {
  expect(quantity([0, 1, 2, 3, 4], { startMs: 0, endMs: 4000 })).toMatchObject({
    ...IDENTITY,
    value: 400,
    unit: "J",
    quality: "integrated",
    reason: undefined,
    coverage: 1,
    uncertainty: { combined: 0 },
  });
});

test("gaps below the coverage make it a part, with the longest of them", () => {
  expect(quantity([0, 1, 2, 3, 10], { startMs: 0, endMs: 10_000 }, "the cable was loose")).toMatchObject({
    value: 1000,
    quality: "partial",
    reason: "gaps of up to 7.0 s between readings: the cable was loose",
  });
});

test.each([
  ["no reading", [], "fewer than two power readings at different times"],
  ["one moment", [2, 2], "fewer than two power readings at different times"],
  ["readings of long before", [-9, -8], "no power reading inside the window"],
])("%s is no energy", (_, seconds, reason) => {
  expect(quantity(seconds, { startMs: 0, endMs: 4000 })).toMatchObject({
    value: null,
    quality: "unavailable",
    reason,
  });
});
