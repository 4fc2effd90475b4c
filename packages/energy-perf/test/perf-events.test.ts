import { expect, test } from "vitest";
import { knownEvent, PERF_EVENTS, perfArguments } from "../src/perf-events.ts";

test.each([
  ["power/energy-pkg/", "cpu_package"],
  ["power/energy-pkg/u", "cpu_package"],
  ["power/energy-ram/", "dram"],
  ["power/energy-psys/uH", "cpu_psys"],
])("%s is %s", (spelling, quantity) => {
  expect(knownEvent(spelling)?.quantity).toBe(quantity);
});

test.each(["power/energy-cores/", "power/energy-gpu/", "energy-pkg", "cpu-clock", "power_core/energy-pkg/", ""])(
  "%s is no event of ours",
  (spelling) => {
    expect(knownEvent(spelling)).toBeUndefined();
  },
);

test("psys is a quantity of its own, never a part of package or DRAM", () => {
  expect(new Set(PERF_EVENTS.map(({ quantity }) => quantity)).size).toBe(PERF_EVENTS.length);
});

test("perf counts the whole host without a workload, into a file", () => {
  expect(perfArguments(PERF_EVENTS.slice(0, 2), 1000, "/r/raw.txt")).toEqual(
    "stat -a -I 1000 -x ; -e power/energy-pkg/,power/energy-ram/ -o /r/raw.txt".split(" "),
  );
});
