import { type Reading, readingQueue } from "@ea/energy";
import { expect, test } from "vitest";
import { startMeters } from "../src/measure.ts";
import { meter, metering, packageJoules } from "./meters.ts";

const nowMs = (): number => performance.timeOrigin + performance.now();
const reading = (timeEpochMs: number, powerWatts: number): Reading => ({
  timeEpochMs,
  name: "gpu",
  device: "GPU-1",
  powerWatts,
  temperatureCelsius: undefined,
  utilizationPercent: undefined,
});
const failing = (message: string) => metering(() => Promise.reject(new Error(message)));

test("all meters are started in the directory, and their quantities and costs collected", async () => {
  const directories: string[] = [];
  const start = ({ directory }: { directory: string }) => {
    directories.push(directory);
    return Promise.resolve(metering());
  };
  const dram = { ...packageJoules(2), name: "dram" };
  const meters = [
    meter({ name: "a", start }),
    meter({ name: "b", start: () => Promise.resolve(metering(() => Promise.resolve([dram]))) }),
  ];
  const measured = await (await startMeters(meters, "/somewhere")).stop();
  expect(directories).toEqual(["/somewhere"]);
  expect(measured.quantities).toEqual([packageJoules(5), dram]);
  expect(measured.metrics).toMatchObject({ cpuEnergyPkgJoules: 5, cpuEnergyRamJoules: 2, cpuEnergyTotalJoules: 7 });
  expect(measured.meterCpuSeconds).toEqual({ a: 0.25, b: 0.25 });
});

test("without meters every metric is null", async () => {
  const { quantities, metrics } = await (await startMeters([], "/")).stop();
  expect(quantities).toEqual([]);
  expect(new Set(Object.values(metrics))).toEqual(new Set([null]));
});

test("readings inside the window are handed on, and the window has a length", async () => {
  const seen: number[] = [];
  const readings = readingQueue();
  const one = meter({ start: () => Promise.resolve({ ...metering(), readings }) });
  const measurement = await startMeters([one], "/", ({ powerWatts }) => seen.push(powerWatts ?? 0));
  const beforeMs = nowMs();
  readings.push(reading(beforeMs - 3_600_000, 1));
  readings.push(reading(beforeMs, 100));
  readings.close();
  const { meters } = await measurement.stop();
  expect(seen).toEqual([100]);
  expect(meters).toMatchObject([{ name: "made-up", quantities: [packageJoules(5)] }]);
  expect(meters[0]?.windowSeconds).toBeGreaterThan(0);
  expect(meters[0]?.windowSeconds).toBeLessThan(60);
});

test("readings before and after the window do not count", async () => {
  const readings = readingQueue();
  const end = () => {
    readings.push(reading(nowMs() + 3_600_000, 999));
    readings.close();
    return Promise.resolve([]);
  };
  readings.push(reading(nowMs() - 3_600_000, 1));
  const measurement = await startMeters([meter({ start: () => Promise.resolve({ ...metering(end), readings }) })], "/");
  readings.push(reading(nowMs(), 100));
  readings.push(reading(nowMs(), 300));
  expect((await measurement.stop()).metrics).toMatchObject({ gpuPowerMinWatts: 100, gpuPowerMaxWatts: 300 });
});

test("when a meter cannot start, those that did are stopped", async () => {
  const stopped: string[] = [];
  const start = () =>
    Promise.resolve(
      metering(() => {
        stopped.push("first");
        return Promise.resolve([]);
      }),
    );
  const broken = meter({ start: () => Promise.reject(new Error("no sensor")) });
  await expect(startMeters([meter({ start }), broken], "/")).rejects.toThrow("no sensor");
  expect(stopped).toEqual(["first"]);
});

test("when a meter fails to stop, the others are stopped, and nobody waits for its readings", async () => {
  const stopped: string[] = [];
  const endless = readingQueue();
  const other = metering(() => {
    stopped.push("other");
    return Promise.resolve([]);
  });
  const meters = [
    meter({ start: () => Promise.resolve({ ...failing("disk full"), readings: endless }) }),
    meter({ start: () => Promise.resolve(other) }),
  ];
  await expect((await startMeters(meters, "/")).stop()).rejects.toThrow("disk full");
  expect(stopped).toEqual(["other"]);
});

test("readings that break off with an error are told at the stop, not before", async () => {
  // oxlint-disable-next-line require-yield -- it fails before its first reading
  async function* broken(): AsyncGenerator<Reading> {
    await Promise.resolve();
    throw new Error("sensor fell off");
  }
  const measurement = await startMeters(
    [meter({ start: () => Promise.resolve({ ...metering(), readings: broken() }) })],
    "/",
  );
  // An unhandled rejection here would fail the whole test run
  await new Promise((resolve) => setTimeout(resolve, 0));
  await expect(measurement.stop()).rejects.toThrow("sensor fell off");
});
