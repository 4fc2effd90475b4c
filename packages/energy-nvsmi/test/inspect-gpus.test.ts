import { expect, test, vi } from "vitest";
import { inspectGpus, parseComputeApps } from "../src/inspect-gpus.ts";
import { probeGpus } from "../src/probe-gpus.ts";
import { fakeUuid, useFakeNvidiaSmi } from "./fake-nvidia-smi.ts";

useFakeNvidiaSmi();
const inspect = async (visibleDevices?: string): ReturnType<typeof inspectGpus> =>
  inspectGpus(await probeGpus({ visibleDevices }));

test("each GPU comes with its state and the processes that compute on it", async () => {
  vi.stubEnv("FAKE_GPUS", "2");
  vi.stubEnv("FAKE_GPU_WATTS", "70,300");
  vi.stubEnv(
    "FAKE_GPU_APPS",
    `${fakeUuid(1)}, 4242, /usr/bin/python3, 80000\n${fakeUuid(1)}, 4243, [Not Found], [N/A]`,
  );
  const [first, second, ...others] = await inspect();
  expect(others).toEqual([]);
  expect(first).toEqual({
    device: fakeUuid(0),
    model: "NVIDIA H100 80GB HBM3",
    driverVersion: "535.161.07",
    processes: [],
    powerWatts: 70,
    powerLimitWatts: 700,
    temperatureCelsius: 45,
    utilizationPercent: 50,
    memoryUsedMebibytes: 4,
    throttleReasons: [],
  });
  expect(second?.powerWatts).toBe(300);
  expect(second?.processes).toEqual([
    { pid: 4242, name: "/usr/bin/python3", memoryMebibytes: 80_000 },
    { pid: 4243, name: undefined, memoryMebibytes: undefined },
  ]);
});

test("what holds the clocks down is told", async () => {
  vi.stubEnv("FAKE_GPU_THROTTLE", "0x0000000000000048");
  expect((await inspect()).map(({ throttleReasons }) => throttleReasons)).toEqual([
    ["hw_slowdown", "hw_thermal_slowdown"],
  ]);
});

test("GPUs that the training may not use are left out", async () => {
  vi.stubEnv("FAKE_GPUS", "3");
  expect((await inspect("1")).map(({ device }) => device)).toEqual([fakeUuid(1)]);
});

test("processes that the driver does not tell of are unknown, not absent", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "no-apps");
  expect((await inspect()).map(({ processes }) => processes)).toEqual([undefined]);
});

test("process names may hold commas; what is no row is none", () => {
  const text =
    "GPU-a, 12, /opt/my, app, 100\r\n\nNo running processes found\nGPU-a, 13, [Insufficient Permissions], [N/A]\n";
  expect(parseComputeApps(text)).toEqual([
    { uuid: "GPU-a", process: { pid: 12, name: "/opt/my, app", memoryMebibytes: 100 } },
    { uuid: "GPU-a", process: { pid: 13, name: undefined, memoryMebibytes: undefined } },
  ]);
});
