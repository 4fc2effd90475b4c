import { expect, test } from "vitest";
import type { IdleBand } from "../src/idle-band.ts";
import { netQuantities } from "../src/net-quantities.ts";
import { packageJoules } from "./meters.ts";

const BAND: IdleBand = {
  name: "cpu_package",
  device: undefined,
  value: "powerWatts",
  mean: 20,
  sd: 0,
  readings: 30,
  high: 21,
};
const TEN_SECONDS = { window: { startMs: 0, endMs: 10_000 }, windowSeconds: 10 };
const meters = [{ name: "perf", quantities: [packageJoules(500)], ...TEN_SECONDS }];

test("an energy whose idle power is known has its net beside it", () => {
  expect(netQuantities(meters, [BAND])).toMatchObject([{ name: "cpu_package_net", value: 300, scope: "host" }]);
});

test("an energy that is missing has none", () => {
  const missing = { ...packageJoules(1), value: null, quality: "unavailable", reason: "too short" } as const;
  expect(netQuantities([{ name: "perf", quantities: [missing], ...TEN_SECONDS }], [BAND])).toEqual([]);
});

test("of another device, another quantity, or a temperature nothing is taken off", () => {
  const others: readonly IdleBand[] = [
    { ...BAND, device: "0" },
    { ...BAND, name: "dram" },
    { ...BAND, value: "temperatureCelsius" },
  ];
  expect(netQuantities(meters, others)).toEqual([]);
});
