import { expect, test } from "vitest";
import { eventName, isEnergyEvent } from "../src/perf-row.ts";

test.each([
  ["power/energy-pkg/", "energy-pkg"],
  ["power/energy-pkg/u", "energy-pkg"],
  ["power/energy-ram,period=1/uH", "energy-ram"],
  ["power_core/energy-core/", "energy-core"],
  ["energy-psys", "energy-psys"],
  ["energy-psys:u", "energy-psys"],
  ["i915/rc6-residency/", "rc6-residency"],
])("%s is %s", (spelling, name) => {
  expect(eventName(spelling)).toBe(name);
  expect(isEnergyEvent(spelling)).toBe(name.startsWith("energy-"));
});
