import { describe, expect, it } from "vitest";
import { powerTracker } from "../src/power-tracker.ts";

const reading = (timeEpochMs: number, powerWatts: number | undefined) => ({
  timeEpochMs,
  name: "gpu",
  device: "GPU-1",
  powerWatts,
  temperatureCelsius: 60,
  utilizationPercent: 97,
});
describe("the tracker", () => {
  it("knows the last and the highest power, and roughly the energy", () => {
    const tracker = powerTracker(0);
    for (const each of [reading(1000, 100), reading(2000, undefined), reading(3000, 50)]) tracker.add(each);
    const last = { lastWatts: 50, lastCelsius: 60, lastPercent: 97 };
    expect(tracker.all()).toEqual([
      { name: "gpu", device: "GPU-1", ...last, peakWatts: 100, roughJoules: 100 + 2 * 50 },
    ]);
  });

  it("tells devices apart", () => {
    const tracker = powerTracker(0);
    tracker.add(reading(1000, 100));
    tracker.add({ ...reading(1000, 7), device: "GPU-2" });
    expect(tracker.all()).toMatchObject([{ peakWatts: 100 }, { peakWatts: 7 }]);
  });
});
