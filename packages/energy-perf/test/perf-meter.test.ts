import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Quantity, QuantityJson, quantityToJson, type Reading } from "@ea/energy";
import { expect, test, vi } from "vitest";
import { parseIntervals } from "../src/parse-intervals.ts";
import { perfMeter } from "../src/perf-meter.ts";
import { useFakePerf } from "./fake-perf.ts";
import { processesMentioning } from "./processes.ts";

const { directory } = useFakePerf();
const named = (quantities: readonly Quantity[], name: string): Quantity | undefined =>
  quantities.find((quantity) => quantity.name === name);
const read = (name: string): Promise<string> => readFile(join(directory(), name), "utf8");

/** Joules of the fake: 20 W and 5 W; a busy machine may start it late. */
function expectWatts(quantity: Quantity | undefined, watts: number, seconds: number): void {
  expect((quantity?.value ?? 0) / seconds).toBeGreaterThan(watts * 0.85);
  expect((quantity?.value ?? 0) / seconds).toBeLessThan(watts * 1.15);
}

test("joules are watts times seconds, and the files are there", async () => {
  const meter = perfMeter();
  const metering = await meter.start({ directory: directory() });
  const startMs = performance.now();
  await sleep(2300);
  const seconds = (performance.now() - startMs) / 1000;
  const quantities = await metering.stop();

  expect(quantities.map(({ name }) => name)).toEqual(["cpu_package", "dram"]);
  expect(quantities.every(({ quality }) => quality === "measured")).toBe(true);
  expectWatts(named(quantities, "cpu_package"), 20, seconds);
  expectWatts(named(quantities, "dram"), 5, seconds);
  for (const quantity of quantities) expect(QuantityJson.safeParse(quantityToJson(quantity)).success).toBe(true);

  const { intervals } = parseIntervals(await read("cpu_energy_raw.txt"));
  expect(intervals.length).toBeGreaterThanOrEqual(6);
  const csv = (await read("cpu_energy.csv")).split("\n");
  expect(csv[0]).toBe("t_seconds,domain,joules");
  expect(csv[1]).toMatch(/^(?:0\.9|1\.)\d+,cpu_package,\d+\.?\d*$/);
  expect(csv).toHaveLength(intervals.length + 2);
  const total = (named(quantities, "cpu_package")?.value ?? 0) + (named(quantities, "dram")?.value ?? 0);
  expect(await read("cpu_energy.txt")).toContain(`Total CPU Energy (Joules): ${total.toFixed(2)}\n`);

  expect(metering.cpuSeconds()).toBeGreaterThan(0);
  expect(await metering.stop()).toBe(quantities);
  expect(await processesMentioning(directory())).toEqual([]);
});

test("readings tell the power of each interval at its end", async () => {
  const metering = await perfMeter().start({ directory: directory() });
  const startEpochMs = performance.timeOrigin + performance.now();
  const readings: Reading[] = [];
  const collected = (async () => {
    for await (const reading of metering.readings) readings.push(reading);
  })();
  await sleep(1700);
  await metering.stop();
  await collected;
  expect(readings.slice(0, 4).map(({ name }) => name)).toEqual(["cpu_package", "dram", "cpu_package", "dram"]);
  expect(readings[0]?.powerWatts).toBeCloseTo(20, 1);
  expect(readings[1]?.powerWatts).toBeCloseTo(5, 1);
  expect((readings[0]?.timeEpochMs ?? 0) - startEpochMs).toBeGreaterThan(900);
  expect((readings[0]?.timeEpochMs ?? 0) - startEpochMs).toBeLessThan(1500);
});

test("a perf that is killed leaves what it had counted, as a part with coverage and reason", async () => {
  vi.stubEnv("FAKE_PERF_MODE", "dies");
  const metering = await perfMeter().start({ directory: directory() });
  await sleep(3000);
  const cpuPackage = named(await metering.stop(), "cpu_package");
  expect(cpuPackage).toMatchObject({ quality: "partial" });
  expect(cpuPackage?.value).toBeGreaterThan(18);
  expect(cpuPackage?.value).toBeLessThan(26);
  expect(cpuPackage?.coverage).toBeGreaterThan(0.2);
  expect(cpuPackage?.coverage).toBeLessThan(0.5);
  expect(cpuPackage?.reason).toMatch(/^perf covered 1\.\d of 3\.\d s: perf was ended by SIGKILL$/);
});

test("without a DRAM counter DRAM is missing with its reason, and so is the total", async () => {
  vi.stubEnv("FAKE_PERF_RAM_WATTS", "");
  const metering = await perfMeter().start({ directory: directory() });
  await sleep(500);
  const quantities = await metering.stop();
  expect(named(quantities, "cpu_package")?.value).toBeGreaterThan(5);
  expect(named(quantities, "dram")).toMatchObject({ value: null, reason: "the CPU does not offer this domain" });
  expect(await read("cpu_energy.txt")).toContain("Total CPU Energy (Joules): N/A");
});

test("a counter that stands still is no measurement of 0 J", async () => {
  vi.stubEnv("FAKE_PERF_RAM_WATTS", "0");
  const metering = await perfMeter().start({ directory: directory() });
  await sleep(500);
  const quantities = await metering.stop();
  expect(named(quantities, "cpu_package")?.value).toBeGreaterThan(5);
  expect(named(quantities, "dram")).toMatchObject({ value: null });
  expect(named(quantities, "dram")?.reason).toMatch(/the counter did not move/);
});

test.each([
  ["paranoid", /perf_event_paranoid/],
  ["no-pmu", /no RAPL energy events/],
  ["zero", /perf counts no joules/],
])("%s: both quantities are missing with the reason, and nothing is written", async (mode, reason) => {
  vi.stubEnv("FAKE_PERF_MODE", mode);
  const meter = perfMeter();
  expect(await meter.probe()).toMatchObject({ name: "perf", provides: [] });
  const metering = await meter.start({ directory: directory() });
  const quantities = await metering.stop();
  expect(quantities.map(({ name, value }) => [name, value])).toEqual([
    ["cpu_package", null],
    ["dram", null],
  ]);
  for (const quantity of quantities) expect(quantity.reason).toMatch(reason);
  expect(existsSync(join(directory(), "cpu_energy.csv"))).toBe(false);
});

test("no perf on PATH: missing with the reason", async () => {
  vi.stubEnv("PATH", directory());
  const meter = perfMeter();
  expect(await meter.probe()).toMatchObject({ status: "absent", reason: "perf is not installed" });
  const metering = await meter.start({ directory: directory() });
  expect((await metering.stop()).map(({ reason }) => reason)).toEqual([
    "perf is not installed",
    "perf is not installed",
  ]);
});

test("a probe says what there is, and looks once", async () => {
  const meter = perfMeter();
  const state = await meter.probe();
  expect(state).toEqual({
    name: "perf",
    status: "ready",
    provides: ["cpu_package", "dram"],
    reason: undefined,
    fix: undefined,
  });
  vi.stubEnv("PATH", directory());
  expect(await meter.probe()).toEqual(state);
});

test("an abort ends perf and the window, and the stop has its joules", async () => {
  const controller = new AbortController();
  const metering = await perfMeter().start({ directory: directory(), signal: controller.signal });
  await sleep(600);
  expect(await processesMentioning(directory())).toHaveLength(1);
  controller.abort();
  await vi.waitFor(async () => expect(await processesMentioning(directory())).toEqual([]), 3000);
  await sleep(600);
  const cpuPackage = named(await metering.stop(), "cpu_package");
  expect(cpuPackage?.value).toBeGreaterThan(9);
  expect(cpuPackage?.value).toBeLessThan(18);
});

test("a signal that was aborted before starts nothing", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(perfMeter().start({ directory: directory(), signal })).rejects.toThrow("enough");
  expect(existsSync(join(directory(), "cpu_energy_raw.txt"))).toBe(false);
});
