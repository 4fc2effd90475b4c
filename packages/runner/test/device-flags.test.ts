import type { DeviceState } from "@ea/energy";
import { expect, test } from "vitest";
import { deviceConditions } from "../src/device-flags.ts";
import { gpu } from "./meters.ts";

const waitedFor = (state: Partial<DeviceState>): readonly boolean[] =>
  deviceConditions([{ ...gpu(), ...state }]).map(({ isWaitedFor }) => isWaitedFor);

test("an idle GPU, and one whose driver tells nothing, have none", () => {
  const idle = { ...gpu(), utilizationPercent: 0, memoryUsedMebibytes: 600, throttleReasons: [] };
  expect(deviceConditions([idle, gpu()])).toEqual([]);
});

test("use that no process explains is told", () => {
  expect(deviceConditions([{ ...gpu(), utilizationPercent: 97, memoryUsedMebibytes: 30_000 }])).toMatchObject([
    {
      isWaitedFor: true,
      help: expect.stringContaining("fuser"),
      flag: {
        code: "gpu-in-use",
        severity: "warning",
        message:
          "GPU-1 was not free when the run began, though the driver told of no process: 97 % busy, 30000 MiB in use",
        evidence: { device: "GPU-1", utilizationPercent: 97, memoryUsedMebibytes: 30_000 },
      },
    },
  ]);
});

test("work is waited for, but not memory alone, nor utilisation of nobody who has memory", () => {
  expect(waitedFor({ utilizationPercent: 97, memoryUsedMebibytes: 500 })).toEqual([true]);
  expect(waitedFor({ utilizationPercent: 97 })).toEqual([true]);
  expect(waitedFor({ utilizationPercent: 0, memoryUsedMebibytes: 30_000 })).toEqual([false]);
  expect(waitedFor({ utilizationPercent: 50, memoryUsedMebibytes: 4 })).toEqual([false]);
});

test("where a process is told of, it explains the use", () => {
  expect(deviceConditions([{ ...gpu(7), utilizationPercent: 97 }])).toEqual([]);
});

test("clocks that heat holds down are told and waited for", () => {
  const state = { ...gpu(), temperatureCelsius: 91, throttleReasons: ["sw_power_cap", "hw_thermal_slowdown"] };
  const evidence = { reasons: ["sw_power_cap", "hw_thermal_slowdown"], temperatureCelsius: 91 };
  expect(deviceConditions([state])).toMatchObject([
    { isWaitedFor: true, flag: { code: "throttled", severity: "warning", evidence } },
  ]);
});

test("clocks that the power supply or a limit holds down are only told", () => {
  expect(waitedFor({ throttleReasons: ["hw_power_brake_slowdown"] })).toEqual([false]);
  expect(deviceConditions([{ ...gpu(), throttleReasons: ["sw_power_cap"] }])).toMatchObject([
    { isWaitedFor: false, flag: { severity: "info" } },
  ]);
});
