import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gpuTelemetry, type Quantity, QuantityJson, quantityToJson, type Reading } from "@ea/energy";
import { expect, test, vi } from "vitest";
import { ZodError } from "zod";
import { nvidiaSmiMeter } from "../src/nvidia-smi-meter.ts";
import { fakeUuid, useFakeNvidiaSmi } from "./fake-nvidia-smi.ts";
import { processesMentioning } from "./processes.ts";

const { directory } = useFakeNvidiaSmi();
/** An interval that no other test of this file uses, to find the process by. */
const INTERVAL_MS = 61;
const living = (): Promise<number[]> => processesMentioning(`-lms\0${INTERVAL_MS}\0`, directory());
const read = (name: string): Promise<string> => readFile(join(directory(), name), "utf8");
const meter = (visibleDevices?: string): ReturnType<typeof nvidiaSmiMeter> =>
  nvidiaSmiMeter({ intervalMs: INTERVAL_MS, visibleDevices, observeMs: 100 });

interface Measured {
  readonly quantities: readonly Quantity[];
  readonly readings: readonly Reading[];
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function measure(milliseconds: number, visibleDevices?: string): Promise<Measured> {
  const metering = await meter(visibleDevices).start({ directory: directory() });
  const startMs = performance.now();
  const readings: Reading[] = [];
  const collected = (async () => {
    for await (const reading of metering.readings) readings.push(reading);
  })();
  await sleep(milliseconds);
  const seconds = (performance.now() - startMs) / 1000;
  const quantities = await metering.stop();
  await collected;
  expect(await metering.stop()).toBe(quantities);
  expect(await living()).toEqual([]);
  return { quantities, readings, seconds, cpuSeconds: metering.cpuSeconds() };
}

function expectWatts(quantity: Quantity | undefined, watts: number, seconds: number): void {
  expect((quantity?.value ?? 0) / seconds).toBeGreaterThan(watts * 0.9);
  expect((quantity?.value ?? 0) / seconds).toBeLessThan(watts * 1.1);
}

test("joules are watts times seconds, and the files are there", async () => {
  const { quantities, readings, seconds, cpuSeconds } = await measure(1500);
  expect(quantities).toHaveLength(1);
  expect(quantities[0]).toMatchObject({ name: "gpu", device: fakeUuid(0), quality: "integrated" });
  expectWatts(quantities[0], 100, seconds);
  expect(quantities[0] && QuantityJson.safeParse(quantityToJson(quantities[0])).success).toBe(true);
  expect(cpuSeconds).toBeGreaterThan(0);

  expect(await read("gpu_raw.csv")).toMatch(/^timestamp, index, uuid, power\.draw \[W\], /);
  const heads = await Promise.all(
    ["gpu_power.csv", "gpu_temperature.csv", "gpu_utilization.csv"].map(async (name) => (await read(name)).split("\n")),
  );
  expect(heads.map(([header]) => header)).toEqual([
    "timestamp,power_draw_w,gpu_uuid,timestamp_ms",
    "timestamp,gpu_temp_c,memory_temp_c,gpu_uuid,timestamp_ms",
    "timestamp,gpu_util_percent,memory_util_percent,gpu_uuid,timestamp_ms",
  ]);
  for (const lines of heads) expect(lines).toHaveLength(readings.length + 2);
});

test("a square wave gives its mean power", async () => {
  vi.stubEnv("FAKE_GPU_WATTS", "50/250/400");
  const { quantities, seconds } = await measure(2000);
  const watts = (quantities[0]?.value ?? 0) / seconds;
  expect(watts).toBeGreaterThan(125);
  expect(watts).toBeLessThan(175);
  expect(quantities[0]?.uncertainty?.sampling).toBeGreaterThan(0);
});

test("each GPU has its own energy; readings come sweep by sweep", async () => {
  vi.stubEnv("FAKE_GPUS", "3");
  vi.stubEnv("FAKE_GPU_WATTS", "100,200,300");
  const { quantities, readings, seconds } = await measure(1000, "0,2");
  expect(quantities.map(({ device }) => device)).toEqual([fakeUuid(0), fakeUuid(2)]);
  expectWatts(quantities[0], 100, seconds);
  expectWatts(quantities[1], 300, seconds);
  const telemetry = gpuTelemetry();
  for (const reading of readings) telemetry.add(reading);
  expect(telemetry.summary()).toMatchObject({ powerAvgWatts: expect.closeTo(400, 6), powerMaxWatts: 400 });
});

test("sampling goes on after the stop, for the sensor's last second", async () => {
  const { readings } = await measure(300);
  const [first] = readings;
  expect((readings.at(-1)?.timeEpochMs ?? 0) - (first?.timeEpochMs ?? 0)).toBeGreaterThan(1500);
});

test("an nvidia-smi that is killed leaves a part with coverage and reason", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "dies");
  vi.stubEnv("FAKE_GPU_AFTER_MS", "1000");
  const { quantities } = await measure(2000);
  expect(quantities[0]).toMatchObject({ quality: "partial" });
  expect(quantities[0]?.coverage).toBeGreaterThan(0.1);
  expect(quantities[0]?.coverage).toBeLessThan(0.8);
  expect(quantities[0]?.reason).toMatch(/gaps of up to \d\.\d s between readings: nvidia-smi ended early \(SIGKILL\)/);
});

test("an nvidia-smi that stalls leaves a part, and is ended", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "stalls");
  vi.stubEnv("FAKE_GPU_AFTER_MS", "1000");
  const { quantities } = await measure(2000);
  expect(quantities[0]).toMatchObject({ quality: "partial" });
  expect(quantities[0]?.reason).toMatch(/^gaps of up to \d\.\d s between readings$/);
});

test("a GPU that is lost has a part of its energy, the other one all of it", async () => {
  vi.stubEnv("FAKE_GPUS", "2");
  vi.stubEnv("FAKE_GPU_MODE", "lost");
  vi.stubEnv("FAKE_GPU_AFTER_MS", "1000");
  const { quantities } = await measure(2000);
  expect(quantities.map(({ device, quality }) => [device, quality])).toEqual([
    [fakeUuid(0), "integrated"],
    [fakeUuid(1), "partial"],
  ]);
  expect(quantities[1]?.reason).toMatch(/between readings: the driver printed "\[GPU is lost\]"$/);
  expect(await read("gpu_power.csv")).toContain(`,N/A,${fakeUuid(1)},`);
});

test.each([
  ["no-driver", /couldn't communicate with the NVIDIA driver/],
  ["power-na", /reports no power/],
])("%s: one quantity without value, with the reason, and nothing is written", async (mode, reason) => {
  vi.stubEnv("FAKE_GPU_MODE", mode);
  expect(await meter().probe()).toMatchObject({ name: "nvidia-smi", status: "unreadable", provides: [] });
  expect(await meter().inspect?.()).toEqual([]);
  const { quantities } = await measure(0);
  expect(quantities).toHaveLength(1);
  expect(quantities[0]).toMatchObject({ name: "gpu", value: null, quality: "unavailable" });
  expect(quantities[0]?.reason).toMatch(reason);
  expect(existsSync(join(directory(), "gpu_raw.csv"))).toBe(false);
});

test("the system clock may be set during the run: its stamps only space the rows", async () => {
  for (const mode of ["steps-back", "steps-forward"]) {
    vi.stubEnv("FAKE_GPU_MODE", mode);
    vi.stubEnv("FAKE_GPU_AFTER_MS", "700");
    const { quantities, seconds } = await measure(1500);
    expect(quantities[0]).toMatchObject({ quality: "integrated" });
    expectWatts(quantities[0], 100, seconds);
  }
});

test("rows that come late and together still have their energy", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "buffers");
  vi.stubEnv("FAKE_GPUS", "8");
  const { quantities, seconds } = await measure(3000);
  expect(quantities).toHaveLength(8);
  for (const quantity of quantities) expectWatts(quantity, 100, seconds);
});

test("the method says what the power is, and that of a GPU with MIG is the whole GPU's", async () => {
  vi.stubEnv("FAKE_GPU_MIG", "1");
  const slice = `MIG-${fakeUuid(0).slice("GPU-".length)}`;
  const { quantities } = await measure(300, slice);
  expect(quantities[0]).toMatchObject({ scope: "device", device: fakeUuid(0), quality: "integrated" });
  expect(quantities[0]?.method).toBe(
    "power.draw (power at a moment or mean over 1 s) integrated over time stamps (trapezoid); the whole GPU with all its MIG slices",
  );
});

test("without power.draw another power is integrated, and said so", async () => {
  vi.stubEnv("FAKE_GPU_COLUMNS", "draw-na");
  const { quantities, seconds } = await measure(500);
  expectWatts(quantities[0], 100, seconds);
  expect(quantities[0]?.method).toMatch(/^power\.draw\.instant \(power at a moment\)/);
  expect(await read("gpu_power.csv")).toContain(",100,");
});

test("GPUs that are not the training's are not even asked", async () => {
  vi.stubEnv("FAKE_GPUS", "3");
  await measure(300, "1");
  expect(await read("gpu_raw.csv")).toContain(fakeUuid(1));
  expect(await read("gpu_raw.csv")).not.toContain(fakeUuid(0));
});

test("no nvidia-smi on PATH: missing with the reason", async () => {
  vi.stubEnv("PATH", directory());
  expect(await meter().probe()).toMatchObject({ status: "absent", provides: [] });
  const { quantities } = await measure(0);
  expect(quantities[0]?.reason).toContain("nvidia-smi is not installed");
});

test("a probe says what there is, and looks once", async () => {
  const one = meter();
  const state = await one.probe();
  expect(state).toEqual({ name: "nvidia-smi", status: "ready", provides: ["gpu"], reason: undefined, fix: undefined });
  vi.stubEnv("PATH", directory());
  expect(await one.probe()).toEqual(state);
});

test("inspect tells the state of the GPUs now", async () => {
  vi.stubEnv("FAKE_GPU_APPS", `${fakeUuid(0)}, 4242, python, 100`);
  const [gpu] = (await meter().inspect?.()) ?? [];
  expect(gpu?.processes).toEqual([{ pid: 4242, name: "python", memoryMebibytes: 100 }]);
});

test("an abort ends nvidia-smi and the window, and the stop has its joules", async () => {
  const controller = new AbortController();
  const metering = await meter().start({ directory: directory(), signal: controller.signal });
  await sleep(600);
  controller.abort();
  await vi.waitFor(async () => expect(await living()).toEqual([]), 5000);
  const [quantity] = await metering.stop();
  expect(quantity?.value).toBeGreaterThan(50);
  expect(quantity?.value).toBeLessThan(100);
});

test("a signal that was aborted before starts nothing", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(meter().start({ directory: directory(), signal })).rejects.toThrow("enough");
  expect(await living()).toEqual([]);
});

test("options are checked at the door", () => {
  expect(() => nvidiaSmiMeter({ intervalMs: 5 })).toThrow(ZodError);
});
