import { describe, expect, it } from "vitest";
import { energyTables } from "../src/energy-tables.ts";

const SUMMARY = `CPU Energy Consumption Summary
==============================
Package Energy (Joules): 1200.50
RAM Energy (Joules): N/A
Total CPU Energy (Joules): 1200.50
`;
const starved = (watts: number): string =>
  `timestamp,power_draw_w\n${[0, 2, 4, 6].map((second) => `${1_763_303_098 + second},${watts}\n`).join("")}`;

describe("the original's tables", () => {
  it("are integrated over time stamps, with the plain sum beside", async () => {
    const { metrics, originalSum, quantities } = await energyTables({ gpuPower: starved(100) });
    expect(metrics.gpuEnergyTotalJoules).toBe(600);
    expect(originalSum).toBe(400);
    expect(quantities.at(-1)).toMatchObject({ quality: "integrated", coverage: 1 });
    // The stamps are whole seconds: 600 J may be 500 or 700
    expect(quantities.at(-1)?.uncertainty?.combined).toBeGreaterThan(80);
  });

  it("have joules of the CPU that the summary says, and a reason for what it does not", async () => {
    const { metrics, quantities } = await energyTables({ cpuEnergy: SUMMARY });
    expect(metrics).toMatchObject({ cpuEnergyPkgJoules: 1200.5, cpuEnergyRamJoules: null, cpuEnergyTotalJoules: null });
    expect(quantities.map(({ reason }) => reason)).toEqual([
      undefined,
      'cpu_energy.txt says "N/A"',
      "no gpu_power.csv",
    ]);
  });

  it("never give a number of a summary that is cut within it", async () => {
    for (let length = 0; length < SUMMARY.length; length += 1) {
      const { metrics } = await energyTables({ cpuEnergy: SUMMARY.slice(0, length) });
      expect([null, 1200.5]).toContain(metrics.cpuEnergyPkgJoules);
    }
  });

  it("never give more than the whole when they are cut at any byte", async () => {
    const whole = starved(100);
    for (let length = 24; length < whole.length; length += 1) {
      const { metrics, gpuPower } = await energyTables({ gpuPower: whole.slice(0, length) });
      const lines = whole.slice(0, length).split("\n").length - 2;
      expect(gpuPower?.rows).toBe(lines);
      expect(metrics.gpuEnergyTotalJoules).toBe(lines < 2 ? null : 200 * (lines - 1));
    }
  });

  it("are refused when their rows can only be those of several GPUs", async () => {
    const rows = [0, 1, 2, 3].map((second) => `${second},100\n${second},250\n`).join("");
    const { quantities } = await energyTables({ gpuPower: `timestamp,power_draw_w\n${rows}` });
    expect(quantities.at(-1)).toMatchObject({ value: null, reason: expect.stringContaining("several GPUs") });
  });

  it("take 0 J of a package for a counter that did not move", async () => {
    const { quantities } = await energyTables({ cpuEnergy: SUMMARY.replace("1200.50", "0.00") });
    expect(quantities[0]).toMatchObject({ value: null, quality: "unavailable" });
  });
});

describe("our tables", () => {
  const table = (column: string, value: (gpu: string, tick: number) => string): string => {
    const rows = Array.from({ length: 21 }, (_, tick) =>
      ["GPU-a", "GPU-b"].map((gpu) => `1700000000,${value(gpu, tick)},${gpu},${1_700_000_000_000 + tick * 100}\n`),
    );
    return `timestamp,${column},gpu_uuid,timestamp_ms\n${rows.flat().join("")}`;
  };

  it("are integrated per GPU within the window", async () => {
    const gpuPower = table("power_draw_w", (gpu) => (gpu === "GPU-a" ? "100" : "50.5"));
    const window = { startMs: 1_700_000_000_500, endMs: 1_700_000_001_500 };
    const { quantities, metrics } = await energyTables({ gpuPower }, window);
    expect(quantities.slice(2).map(({ device, value }) => [device, value])).toEqual([
      ["GPU-a", expect.closeTo(100, 6)],
      ["GPU-b", expect.closeTo(50.5, 6)],
    ]);
    expect(metrics.gpuPowerAvgWatts).toBeCloseTo(150.5, 6);
  });

  it("give temperature and utilisation as means over GPUs, and their maxima", async () => {
    const gpuTemperature = table("gpu_temp_c,memory_temp_c", (gpu, tick) => `${gpu === "GPU-a" ? 40 + tick : 30},N/A`);
    const gpuUtilization = table("gpu_util_percent,memory_util_percent", (gpu) => `${gpu === "GPU-a" ? "N/A" : 20},0`);
    const { metrics, gpuUtilization: counts } = await energyTables({ gpuTemperature, gpuUtilization });
    expect(metrics).toMatchObject({ gpuTempAvgCelsius: 40, gpuTempMaxCelsius: 60 });
    expect(metrics).toMatchObject({ gpuUtilAvgPercent: 20, gpuUtilMaxPercent: 20, gpuEnergyTotalJoules: null });
    expect(counts).toMatchObject({ rows: 42, missing: 21, badRows: 0 });
  });

  it("have gaps that make an energy partial, with the reason", async () => {
    const whole = table("power_draw_w", () => "100").split("\n");
    const { quantities } = await energyTables({ gpuPower: [...whole.slice(0, 9), ...whole.slice(33)].join("\n") });
    expect(quantities.at(-1)).toMatchObject({ quality: "partial", reason: "gaps of up to 1.3 s between readings" });
  });
});
