import type { Quantity } from "@ea/energy";
import { describe, expect, it } from "vitest";
import { powerOf, powerTracker } from "../../src/measure/power-tracker.ts";

const reading = (timeEpochMs: number, powerWatts: number | undefined) => ({
  timeEpochMs,
  name: "gpu",
  device: "GPU-1",
  powerWatts,
  temperatureCelsius: undefined,
  utilizationPercent: undefined,
});
const gpu: Quantity = {
  name: "gpu",
  scope: "device",
  device: "GPU-1",
  value: 200,
  unit: "J",
  source: "test",
  method: "made up",
  quality: "integrated",
};

describe("the tracker", () => {
  it("knows the last and the highest power, and roughly the energy", () => {
    const tracker = powerTracker(0);
    for (const each of [reading(1000, 100), reading(2000, undefined), reading(3000, 50)]) tracker.add(each);
    expect(tracker.all()).toEqual([
      { name: "gpu", device: "GPU-1", lastWatts: 50, peakWatts: 100, roughJoules: 100 + 2 * 50 },
    ]);
  });

  it("tells devices apart", () => {
    const tracker = powerTracker(0);
    tracker.add(reading(1000, 100));
    tracker.add({ ...reading(1000, 7), device: "GPU-2" });
    expect(tracker.all()).toMatchObject([{ peakWatts: 100 }, { peakWatts: 7 }]);
  });
});

describe("the power of an energy", () => {
  const tracked = (peakWatts: number) => [
    { name: "gpu", device: "GPU-1", lastWatts: 1, peakWatts, roughJoules: 1 },
    { name: "gpu", device: "GPU-2", lastWatts: 1, peakWatts: 999, roughJoules: 1 },
  ];

  it("is energy over time, and the highest reading of this device", () => {
    expect(powerOf(gpu, 2, tracked(130))).toEqual({ meanWatts: 100, peakWatts: 130 });
  });

  it("has no peak when the readings do not reach the mean: they have missed it", () => {
    expect(powerOf(gpu, 2, tracked(80))).toEqual({ meanWatts: 100, peakWatts: undefined });
    expect(powerOf(gpu, 2, [])).toEqual({ meanWatts: 100, peakWatts: undefined });
  });

  it("is never below its mean by a rounding", () => {
    expect(powerOf(gpu, 2, tracked(99.9))).toEqual({ meanWatts: 100, peakWatts: 100 });
  });

  it("is not known without a whole energy", () => {
    const unknown = { meanWatts: undefined, peakWatts: undefined };
    expect(powerOf({ ...gpu, quality: "partial", reason: "gaps" }, 2, tracked(130))).toEqual(unknown);
    expect(powerOf({ ...gpu, value: null, quality: "unavailable", reason: "none" }, 2, tracked(130))).toEqual(unknown);
    expect(powerOf(gpu, 0, tracked(130))).toEqual(unknown);
  });
});
