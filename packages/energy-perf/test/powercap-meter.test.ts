import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Quantity, QuantityJson, quantityToJson, type Reading, totalJoules } from "@ea/energy";
import { expect, test } from "vitest";
import { parsePowercapLog } from "../src/powercap-log.ts";
import { powercapMeter } from "../src/powercap-meter.ts";
import { RANGE, useFakePowercap } from "./fake-powercap.ts";

const fake = useFakePowercap();
const meter = (intervalMs = 50): ReturnType<typeof powercapMeter> => powercapMeter({ root: fake.root(), intervalMs });
const read = (name: string): Promise<string> => readFile(join(fake.directory(), name), "utf8");
const shown = (id: string): number => Number(readFileSync(fake.path(id, "energy_uj"), "utf8"));
const named = (quantities: readonly Quantity[], name: string, device?: string): Quantity | undefined =>
  quantities.find((quantity) => quantity.name === name && (device === undefined || quantity.device === device));

function addServer(): void {
  fake.add("intel-rapl:0", { name: "package-0", microjoules: 5_000_000_000 });
  fake.add("intel-rapl:0:0", { name: "core", microjoules: 3_000_000_000 });
  fake.add("intel-rapl:0:1", { name: "dram", microjoules: 700_000_000, range: 65_712_999_613 });
  fake.add("intel-rapl:1", { name: "package-1", microjoules: 9_000_000_000 });
  fake.add("intel-rapl:1:1", { name: "dram", microjoules: 900_000_000, range: 65_712_999_613 });
}

test("two sockets: what their counters have counted between start and stop, to the microjoule", async () => {
  addServer();
  const ids = ["intel-rapl:0", "intel-rapl:0:1", "intel-rapl:1", "intel-rapl:1:1"];
  fake.run({ "intel-rapl:0": 80, "intel-rapl:0:0": 70, "intel-rapl:0:1": 6, "intel-rapl:1": 40, "intel-rapl:1:1": 5 });
  const metering = await meter().start({ directory: fake.directory() });
  const before = ids.map(shown);
  await sleep(700);
  const after = ids.map(shown);
  const quantities = await metering.stop();

  expect(quantities.map(({ name, device }) => `${name} ${device}`)).toEqual([
    "cpu_package package-0",
    "dram package-0",
    "cpu_package package-1",
    "dram package-1",
  ]);
  quantities.forEach((quantity, index) => {
    expect(quantity.value).toBeCloseTo(((after[index] ?? 0) - (before[index] ?? 0)) / 1e6, 6);
    expect(quantity).toMatchObject({ quality: "measured", source: "powercap", scope: "host" });
    expect(quantity.coverage).toBeGreaterThan(0.95);
    expect(QuantityJson.safeParse(quantityToJson(quantity)).success).toBe(true);
  });

  const pkg = totalJoules(quantities, "cpu_package") ?? 0;
  const ram = totalJoules(quantities, "dram") ?? 0;
  expect(await read("cpu_energy.txt")).toContain(`Total CPU Energy (Joules): ${(pkg + ram).toFixed(2)}\n`);
  const [header, ...rows] = (await read("cpu_energy.csv")).trim().split("\n");
  expect(header).toBe("t_seconds,domain,joules");
  const joules = rows.filter((row) => row.includes("cpu_package")).map((row) => Number(row.split(",")[2]));
  expect(joules.length).toBeGreaterThan(1);
  expect(joules.reduce((sum, value) => sum + value, 0)).toBeCloseTo(pkg, 6);
  const log = parsePowercapLog(await read("cpu_energy_powercap.csv"));
  expect(log.quantities.map(({ value }) => value)).toEqual(quantities.map(({ value }) => value));
  expect(log).toMatchObject({ badLines: 0, isCut: false });

  expect(metering.cpuSeconds()).toBeGreaterThan(0);
  expect(metering.cpuSeconds()).toBeLessThan(0.5);
  expect(await metering.stop()).toBe(quantities);
});

test("readings tell the power of each socket and domain", async () => {
  addServer();
  fake.run({ "intel-rapl:0": 80, "intel-rapl:0:1": 6, "intel-rapl:1": 40, "intel-rapl:1:1": 5 });
  const metering = await meter(100).start({ directory: fake.directory() });
  const startEpochMs = performance.timeOrigin + performance.now();
  const readings: Reading[] = [];
  const collected = (async () => {
    for await (const reading of metering.readings) readings.push(reading);
  })();
  await sleep(650);
  await metering.stop();
  await collected;
  const first = readings.slice(0, 4);
  expect(first.map(({ name, device }) => `${name} ${device}`)).toEqual([
    "cpu_package package-0",
    "dram package-0",
    "cpu_package package-1",
    "dram package-1",
  ]);
  expect((first[0]?.timeEpochMs ?? 0) - startEpochMs).toBeGreaterThan(50);
  const watts = readings.filter(({ name, device }) => name === "cpu_package" && device === "package-0");
  const mean = watts.reduce((sum, { powerWatts = 0 }) => sum + powerWatts, 0) / watts.length;
  expect(mean).toBeGreaterThan(50);
  expect(mean).toBeLessThan(110);
});

test("a counter may wrap", async () => {
  fake.add("intel-rapl:0", { name: "package-0", microjoules: RANGE - 3_000_000 });
  fake.run({ "intel-rapl:0": 40 });
  const metering = await meter().start({ directory: fake.directory() });
  const before = shown("intel-rapl:0");
  await sleep(500);
  const after = shown("intel-rapl:0");
  const [quantity] = await metering.stop();
  expect(after).toBeLessThan(before);
  expect(quantity).toMatchObject({ quality: "measured" });
  expect(quantity?.value).toBeCloseTo((RANGE + 1 - before + after) / 1e6, 6);
});

test("a failed read in the middle is a gap that the counter itself bridges", async () => {
  fake.add("intel-rapl:0", { name: "package-0", microjoules: 200_000_000_000 });
  const halt = fake.run({ "intel-rapl:0": 20 });
  const metering = await meter().start({ directory: fake.directory() });
  const before = shown("intel-rapl:0");
  await sleep(200);
  halt();
  const after = shown("intel-rapl:0") + 7_000_000;
  writeFileSync(fake.path("intel-rapl:0", "energy_uj"), "");
  await sleep(200);
  fake.set("intel-rapl:0", after);
  const [quantity] = await metering.stop();
  expect(quantity).toMatchObject({ quality: "measured" });
  expect(quantity?.value).toBeCloseTo((after - before) / 1e6, 6);
  expect(await read("cpu_energy_powercap.csv")).toMatch(/cpu_package,package-0,,262143328850/);
});

test("a zone that vanishes leaves what it had counted, as a part with coverage and reason", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  const halt = fake.run({ "intel-rapl:0": 20 });
  const metering = await meter().start({ directory: fake.directory() });
  const before = shown("intel-rapl:0");
  await sleep(400);
  halt();
  const counted = (shown("intel-rapl:0") - before) / 1e6;
  rmSync(fake.path("intel-rapl:0"), { recursive: true });
  await sleep(400);
  const [quantity] = await metering.stop();
  expect(quantity).toMatchObject({ quality: "partial" });
  expect(quantity?.value).toBeGreaterThan(counted / 2);
  expect(quantity?.value).toBeLessThanOrEqual(counted + 1e-6);
  expect(quantity?.coverage).toBeLessThan(0.8);
  expect(quantity?.reason).toMatch(/^powercap covered \d\.\d of \d\.\d s: intel-rapl:0 could not be read \(ENOENT\)$/);
});

test("one socket that cannot be read is missing, and so is the sum", async () => {
  addServer();
  rmSync(fake.path("intel-rapl:1", "energy_uj"));
  mkdirSync(fake.path("intel-rapl:1", "energy_uj"));
  fake.run({ "intel-rapl:0": 80, "intel-rapl:0:1": 6, "intel-rapl:1:1": 5 });
  const metering = await meter().start({ directory: fake.directory() });
  await sleep(200);
  const quantities = await metering.stop();
  expect(named(quantities, "cpu_package", "package-0")?.value).toBeGreaterThan(5);
  expect(named(quantities, "cpu_package", "package-1")).toMatchObject({
    value: null,
    reason: "intel-rapl:1 could not be read (EISDIR)",
  });
  expect(totalJoules(quantities, "cpu_package")).toBeNull();
  expect(await read("cpu_energy.txt")).toContain("Package Energy (Joules): N/A");
});

test("a counter that was reset loses its interval and never gains the rest of the range", async () => {
  fake.add("intel-rapl:0", { name: "package-0", microjoules: 100_000_000_000 });
  const metering = await meter().start({ directory: fake.directory() });
  await sleep(100);
  fake.count("intel-rapl:0", 5);
  await sleep(100);
  fake.set("intel-rapl:0", 0);
  await sleep(100);
  fake.count("intel-rapl:0", 5);
  const [quantity] = await metering.stop();
  expect(quantity?.value).toBeCloseTo(10, 6);
  expect(quantity).toMatchObject({ quality: "partial", reason: expect.stringContaining("reset") });
});

test("a counter that stands still is no measurement of 0 J", async () => {
  addServer();
  fake.run({ "intel-rapl:0": 80, "intel-rapl:1": 80 });
  const metering = await meter().start({ directory: fake.directory() });
  await sleep(300);
  expect(named(await metering.stop(), "dram")).toMatchObject({ value: null, reason: "the counter stood still" });
});

test("dies that mirror one counter count once", async () => {
  for (const die of [0, 1]) {
    fake.add(`intel-rapl:${die}`, { name: `package-0-die-${die}`, microjoules: 4_000_000_000 });
  }
  fake.run({ "intel-rapl:0": 68, "intel-rapl:1": 68 });
  const metering = await meter().start({ directory: fake.directory() });
  const before = shown("intel-rapl:0");
  await sleep(400);
  const after = shown("intel-rapl:0");
  const quantities = await metering.stop();
  expect(quantities.map(({ name, device }) => `${name} ${device}`)).toEqual([
    "cpu_package package-0-die-0",
    "dram undefined",
  ]);
  expect(totalJoules(quantities, "cpu_package")).toBeCloseTo((after - before) / 1e6, 6);
  expect(quantities[0]?.method).toContain("intel-rapl:1: the same counter again, left out");
  const rows = (await read("cpu_energy.csv")).split("\n").filter((row) => row.includes("cpu_package"));
  const joules = rows.reduce((sum, row) => sum + Number(row.split(",")[2]), 0);
  expect(joules).toBeCloseTo((after - before) / 1e6, 6);
});

test("dies with a counter each are added up", async () => {
  fake.add("intel-rapl:0", { name: "package-0-die-0", microjoules: 4_000_000_000 });
  fake.add("intel-rapl:1", { name: "package-0-die-1", microjoules: 4_100_000_000 });
  fake.run({ "intel-rapl:0": 68, "intel-rapl:1": 67.5 });
  const metering = await meter().start({ directory: fake.directory() });
  await sleep(300);
  const quantities = (await metering.stop()).filter(({ name }) => name === "cpu_package");
  expect(quantities.map(({ device }) => device)).toEqual(["package-0-die-0", "package-0-die-1"]);
});

test("a laptop: psys is apart, the second provider is left out, and DRAM that nobody counts has a reason", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  fake.add("intel-rapl:1", { name: "psys", microjoules: 80_000_000 });
  fake.add("intel-rapl-mmio:0", { name: "package-0" });
  fake.run({ "intel-rapl:0": 10, "intel-rapl-mmio:0": 10, "intel-rapl:1": 25 });
  const metering = await meter().start({ directory: fake.directory() });
  const before = shown("intel-rapl:0");
  await sleep(300);
  const after = shown("intel-rapl:0");
  const quantities = await metering.stop();
  expect(quantities.map(({ name }) => name)).toEqual(["cpu_package", "cpu_psys", "dram"]);
  expect(named(quantities, "cpu_package")?.value).toBeCloseTo((after - before) / 1e6, 6);
  expect(named(quantities, "cpu_package")?.method).toContain("intel-rapl-mmio:0: the same zone again");
  expect(named(quantities, "cpu_psys")?.device).toBeUndefined();
  expect(named(quantities, "dram")).toMatchObject({ value: null, reason: `no zone in ${fake.root()} counts it` });
});

test("without powercap both energies are missing with the reason, and nothing is written", async () => {
  const metering = await powercapMeter({ root: join(fake.root(), "no") }).start({ directory: fake.directory() });
  const quantities = await metering.stop();
  expect(quantities.map(({ name, value }) => [name, value])).toEqual([
    ["cpu_package", null],
    ["dram", null],
  ]);
  expect(quantities[0]?.reason).toMatch(/^no directory/);
  expect(metering.cpuSeconds()).toBe(0);
  expect(existsSync(join(fake.directory(), "cpu_energy_powercap.csv"))).toBe(false);
});

test("a probe says what there is", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  fake.run({ "intel-rapl:0": 20 });
  const ready = { name: "powercap", status: "ready", provides: ["cpu_package"], reason: undefined, fix: undefined };
  expect(await meter().probe()).toEqual(ready);
});

test("an abort ends the window and the polling, and the stop has its joules", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  const controller = new AbortController();
  const metering = await meter().start({ directory: fake.directory(), signal: controller.signal });
  await sleep(120);
  fake.count("intel-rapl:0", 5);
  controller.abort();
  fake.count("intel-rapl:0", 50);
  await sleep(150);
  const [quantity] = await metering.stop();
  expect(quantity?.value).toBeCloseTo(5, 6);
  const log = await read("cpu_energy_powercap.csv");
  await sleep(150);
  expect(await read("cpu_energy_powercap.csv")).toBe(log);
});

test("a signal that was aborted before starts nothing", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(meter().start({ directory: fake.directory(), signal })).rejects.toThrow("enough");
  expect(existsSync(join(fake.directory(), "cpu_energy_powercap.csv"))).toBe(false);
});

test("options are checked", () => {
  expect(() => powercapMeter({ intervalMs: 0 })).toThrow(/intervalMs/);
  expect(() => powercapMeter({ root: "" })).toThrow(/root/);
});

test("a small range is read more often, so that it cannot wrap twice", async () => {
  fake.add("intel-rapl:0", { name: "package-0", range: 1_000_000_000 });
  fake.run({ "intel-rapl:0": 1500 });
  const metering = await powercapMeter({ root: fake.root(), intervalMs: 60_000 }).start({
    directory: fake.directory(),
  });
  const startMs = performance.now();
  await sleep(1400);
  const seconds = (performance.now() - startMs) / 1000;
  const [quantity] = await metering.stop();
  expect(quantity).toMatchObject({ quality: "measured" });
  expect((quantity?.value ?? 0) / seconds).toBeGreaterThan(1200);
  expect((quantity?.value ?? 0) / seconds).toBeLessThan(1800);
});

test("what is on disk at any moment, as a killed process would leave it, has the energy up to the last reading", async () => {
  addServer();
  fake.run({ "intel-rapl:0": 80, "intel-rapl:0:1": 6, "intel-rapl:1": 40, "intel-rapl:1:1": 5 });
  const metering = await meter().start({ directory: fake.directory() });
  await sleep(600);
  const { quantities, elapsedSeconds, badLines } = parsePowercapLog(await read("cpu_energy_powercap.csv"));
  const final = await metering.stop();
  expect(badLines).toBe(0);
  expect(elapsedSeconds).toBeGreaterThan(0.4);
  quantities.forEach(({ name, device, value }) => {
    const whole = named(final, name, device)?.value ?? 0;
    expect(value).toBeGreaterThan(0.3 * whole);
    expect(value).toBeLessThanOrEqual(whole);
  });
});

test("a metering that is forgotten does not keep its process alive", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const metering = await meter().start({ directory: fake.directory() });
  expect(timers()).toBe(before);
  await metering.stop();
});
