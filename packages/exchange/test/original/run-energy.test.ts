import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { QuantityJson, quantityToJson } from "@ea/energy";
import { describe, expect, test } from "vitest";
import { type RunEnergy, runEnergy } from "../../src/original/run-energy.ts";
import { emptyDirectory, perfReport, powerTrace, put, putRun, START } from "./original-files.ts";

async function read(energy: Record<string, string | undefined> = {}, seconds = 100): Promise<RunEnergy> {
  const root = emptyDirectory();
  putRun(root, { folder: "run", seconds, watts: 100, energy });
  return runEnergy(root, "run/energy", seconds + 1.3);
}

const gpuOf = ({ quantities }: RunEnergy): RunEnergy["quantities"][number] | undefined =>
  quantities.find(({ name }) => name === "gpu");

/** One reading every `step` seconds, as a sampler that is slow leaves them. */
function slowTrace(seconds: number, step: number, watts: number): string {
  const rows = Array.from(
    { length: Math.floor(seconds / step) + 1 },
    (_, index) => `${START + index * step},${watts}\n`,
  );
  return `timestamp,power_draw_w\n${rows.join("")}`;
}

test("power is integrated over the time stamps, and the original's sum stands beside it", async () => {
  const energy = await read({ "gpu_power.csv": slowTrace(100, 2, 100) });
  expect(gpuOf(energy)).toMatchObject({ value: 10_000, quality: "integrated", coverage: 1 });
  expect(energy.originalSum).toBe(5100);
  expect(energy.metrics).toMatchObject({
    cpu_energy_pkg_joules: 1001.5,
    cpu_energy_ram_joules: 200.25,
    gpu_energy_total_joules: 10_000,
    gpu_power_avg_watts: 100,
    gpu_temp_max_celsius: 62,
    gpu_util_avg_percent: 95,
  });
  expect(energy).toMatchObject({ elapsedSeconds: 100.4, notRead: [] });
});

test("every quantity is valid on disk, and the CPU's are the whole host's", async () => {
  const { quantities } = await read();
  for (const quantity of quantities) expect(() => QuantityJson.parse(quantityToJson(quantity))).not.toThrow();
  expect(quantities.map(({ name, scope }) => [name, scope])).toEqual([
    ["gpu", "device"],
    ["cpu_package", "host"],
    ["dram", "host"],
  ]);
});

test("what the trace does not reach over is not made up: the energy is partial and less sure", async () => {
  const whole = gpuOf(await read());
  const cut = gpuOf(await read({ "gpu_power.csv": powerTrace(START, 60, 100) }));
  expect(cut).toMatchObject({ value: 6000, quality: "partial", reason: "the trace reaches over 60 s of 100 s" });
  expect(cut?.coverage).toBeCloseTo(0.6125, 3);
  expect(cut?.uncertainty?.edges ?? 0).toBeGreaterThan((whole?.uncertainty?.edges ?? 0) + 2000);
});

test("without perf's report the run's duration tells how far the trace should reach", async () => {
  const energy = await read({ "cpu_energy_raw.txt": undefined, "gpu_power.csv": powerTrace(START, 60, 100) });
  expect(gpuOf(energy)).toMatchObject({ quality: "partial" });
  expect(energy.quantities[1]).toMatchObject({
    name: "cpu_package",
    value: 1001.5,
    method: "as summed up in cpu_energy.txt",
  });
});

test("a gap lowers the coverage and is told", async () => {
  const rows = `${powerTrace(START, 30, 100)}${powerTrace(START + 70, 30, 100)
    .split("\n")
    .slice(1)
    .join("\n")}`;
  expect(gpuOf(await read({ "gpu_power.csv": rows }))).toMatchObject({
    quality: "partial",
    reason: "gaps of up to 40.0 s between readings",
  });
});

test("one reading is no energy", async () => {
  const energy = await read({ "gpu_power.csv": powerTrace(START, 0, 38), "cpu_energy_raw.txt": perfReport(2) }, 2);
  expect(gpuOf(energy)).toMatchObject({ value: null, reason: "fewer than two power readings at different times" });
  expect(energy.metrics.gpu_energy_total_joules).toBeNull();
});

test("a row that was cut is left out", async () => {
  const energy = await read({ "gpu_power.csv": `${powerTrace(START, 100, 100)}${START + 101},9` });
  expect(gpuOf(energy)).toMatchObject({ value: 10_000 });
  expect(energy.files["gpu_power.csv"]).toMatchObject({ rows: 101, bad_rows: 1 });
});

describe("a file that is missing or broken takes nothing else with it", () => {
  test.each([
    ["gpu_power.csv", undefined, "no gpu_power.csv"],
    ["gpu_power.csv", "timestamp,power_draw_w\n", "no row with a power"],
    ["gpu_power.csv", `timestamp,power_draw_w\n${START},N/A\n`, "no row with a power"],
  ])("%s: %j", async (name, text, reason) => {
    const energy = await read({ [name]: text });
    expect(gpuOf(energy)).toMatchObject({ value: null, quality: "unavailable", reason });
    expect(energy.metrics).toMatchObject({ cpu_energy_total_joules: 1201.75, gpu_temp_max_celsius: 62 });
  });

  test.each(["", "nonsense\n1\n", "\0\0\0"])("gpu_power.csv: %j", async (text) => {
    const energy = await read({ "gpu_power.csv": text });
    expect(gpuOf(energy)).toMatchObject({ value: null, quality: "unavailable" });
    expect(energy.metrics).toMatchObject({ cpu_energy_total_joules: 1201.75, gpu_temp_max_celsius: 62 });
    expect(energy.notRead).toEqual([{ file: "run/energy/gpu_power.csv", reason: expect.any(String) }]);
  });

  test("gpu_temperature.csv: empty", async () => {
    const energy = await read({ "gpu_temperature.csv": "" });
    expect(gpuOf(energy)).toMatchObject({ value: 10_000 });
    expect(energy.metrics.gpu_temp_max_celsius).toBeNull();
    expect(energy.notRead).toHaveLength(1);
  });

  test.each(["", "perf: not found\n", "<not supported> Joules power/energy-pkg/\n"])(
    "cpu_energy_raw.txt: %j",
    async (text) => {
      const energy = await read({ "cpu_energy_raw.txt": text, "cpu_energy.txt": undefined });
      expect(gpuOf(energy)).toMatchObject({ value: 10_000 });
      expect(energy.quantities[1]).toMatchObject({ name: "cpu_package", value: null, reason: expect.any(String) });
    },
  );
});

test("a run without a directory, and one whose directory is empty or no directory, have no energy and a reason", async () => {
  const root = emptyDirectory();
  mkdirSync(join(root, "empty"));
  put(root, "file", "");
  expect(gpuOf(await runEnergy(root, undefined, 1))).toMatchObject({
    reason: "the run has no directory of energy files",
  });
  expect(gpuOf(await runEnergy(root, "empty", 1))).toMatchObject({ reason: "no gpu_power.csv" });
  const energy = await runEnergy(root, "file", 1);
  expect(gpuOf(energy)?.reason).toMatch(/ENOTDIR/);
  expect(energy.notRead).toHaveLength(1);
});

test.skipIf(process.getuid?.() === 0)("a table that may not be read is named", async () => {
  const root = emptyDirectory();
  putRun(root, { folder: "run" });
  chmodSync(join(root, "run/energy/gpu_power.csv"), 0);
  const energy = await runEnergy(root, "run/energy", 100);
  expect(energy.notRead).toEqual([{ file: "run/energy/gpu_power.csv", reason: expect.stringMatching(/EACCES/) }]);
});
