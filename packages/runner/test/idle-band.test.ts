import type { Reading } from "@ea/energy";
import { expect, test } from "vitest";
import { idleBands } from "../src/idle-band.ts";

const reading = (powerWatts: number | undefined, more: Partial<Reading> = {}): Reading => ({
  timeEpochMs: 0,
  name: "gpu",
  device: "GPU-a",
  temperatureCelsius: undefined,
  utilizationPercent: undefined,
  ...more,
  powerWatts,
});

test("a band ends two standard deviations above the mean", () => {
  expect(idleBands([60, 70, 80].map((watts) => reading(watts)))).toEqual([
    { name: "gpu", device: "GPU-a", value: "powerWatts", mean: 70, sd: 10, readings: 3, high: 90 },
  ]);
});

test.each([
  ["a watt", [20, 20], undefined, 21],
  ["2 % of the power", [200, 200], undefined, 204],
  ["two degrees", [undefined, undefined], 31, 33],
])("steady readings leave it at least %s", (_, watts, temperatureCelsius, high) => {
  const [band] = idleBands(watts.map((each) => reading(each, { temperatureCelsius })));
  expect(band).toMatchObject({ sd: 0, high });
});

test("each device and each value has its own, in the order of their first readings", () => {
  const readings = [0, 1].flatMap(() => [
    reading(50, { temperatureCelsius: 30 }),
    reading(60, { device: "GPU-b" }),
    reading(20, { name: "cpu_package", device: undefined }),
  ]);
  expect(idleBands(readings).map(({ name, device, value }) => [name, device, value])).toEqual([
    ["gpu", "GPU-a", "powerWatts"],
    ["gpu", "GPU-a", "temperatureCelsius"],
    ["gpu", "GPU-b", "powerWatts"],
    ["cpu_package", undefined, "powerWatts"],
  ]);
});

test("one reading is none, nor is an estimate", () => {
  expect(idleBands([reading(50)])).toEqual([]);
  const estimate = reading(50, { name: "cpu_estimate" });
  expect(idleBands([estimate, estimate])).toEqual([]);
});
