import { expect, test } from "vitest";
import { deviceFlags } from "../src/device-flags.ts";
import { gpu } from "./meters.ts";

test("an idle GPU, and one whose driver tells nothing, have none", () => {
  const idle = { ...gpu(), utilizationPercent: 0, memoryUsedMebibytes: 600, throttleReasons: ["sw_power_cap"] };
  expect(deviceFlags([idle, gpu()])).toEqual([]);
});

test("use that no process explains is told", () => {
  expect(deviceFlags([{ ...gpu(), utilizationPercent: 97, memoryUsedMebibytes: 30_000 }])).toEqual([
    {
      code: "gpu-in-use",
      severity: "warning",
      message:
        "GPU-1 was not free when the run began, though the driver told of no process: 97 % busy, 30000 MiB in use",
      evidence: { device: "GPU-1", utilizationPercent: 97, memoryUsedMebibytes: 30_000 },
    },
  ]);
});

test("where a process is told of, it explains the use", () => {
  expect(deviceFlags([{ ...gpu(7), utilizationPercent: 97 }])).toEqual([]);
});

test("clocks that heat or the power supply hold down are told", () => {
  const state = { ...gpu(), temperatureCelsius: 91, throttleReasons: ["sw_power_cap", "hw_thermal_slowdown"] };
  expect(deviceFlags([state])).toMatchObject([
    { code: "throttled", severity: "warning", evidence: { reasons: ["hw_thermal_slowdown"], temperatureCelsius: 91 } },
  ]);
});
