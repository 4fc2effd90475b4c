import type { Quantity, TrackedPower } from "@ea/energy";
import { describe, expect, it } from "vitest";
import { powerOf } from "../../src/measure/run-power.ts";

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

describe("the power of an energy", () => {
  const of = (device: string, peakWatts: number): TrackedPower => {
    return {
      name: "gpu",
      device,
      lastWatts: 1,
      lastCelsius: undefined,
      lastPercent: undefined,
      peakWatts,
      roughJoules: 1,
    };
  };
  const tracked = (peakWatts: number) => [of("GPU-1", peakWatts), of("GPU-2", 999)];

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
