import { expect, test } from "vitest";
import { throttleReasons } from "../src/throttle-reasons.ts";

test.each([
  ["0x0000000000000000", []],
  ["0x0000000000000001", []], // idling holds nothing down
  ["0x0000000000000004", ["sw_power_cap"]],
  ["0x00000000000000E8", ["hw_slowdown", "sw_thermal_slowdown", "hw_thermal_slowdown", "hw_power_brake_slowdown"]],
  ["0x0000000000000112", ["applications_clocks_setting", "sync_boost", "display_clock_setting"]],
  ["0xFFFFFFFFFFFFFE00", []],
  ["[N/A]", undefined],
  ["", undefined],
  ["4", undefined],
  [undefined, undefined],
])("%j holds down %j", (mask, names) => {
  expect(throttleReasons(mask)).toEqual(names);
});
