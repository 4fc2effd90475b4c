import { parseQuery } from "@ea/energy-nvsmi";
import { expect, test } from "vitest";
import type { Fault } from "../src/faults.ts";
import { nvidiaSmiRows, type SimulatedRow } from "../src/nvidia-smi-rows.ts";
import { squareWavePower } from "../src/power-curve.ts";

const power = squareWavePower({ lowWatts: 100, highWatts: 200, periodSeconds: 4 });
const gpus = [
  { uuid: "GPU-a", power },
  { uuid: "GPU-b", power },
];
const rowsOf = (...faults: readonly Fault[]): readonly SimulatedRow[] => [
  ...nvidiaSmiRows({ gpus, seconds: 5, seed: 1, faults }),
];
const samplesOf = (rows: readonly SimulatedRow[]): ReturnType<typeof parseQuery> =>
  parseQuery(rows.map(({ text }) => text).join(""));

test("a header, then one row for each GPU and sweep, as nvidia-smi prints them", () => {
  const rows = rowsOf();
  expect(rows[0]?.text).toMatch(/^timestamp, index, uuid, name, driver_version, power\.draw \[W\], /);
  expect(rows[1]?.text).toMatch(
    /^2026\/03\/03 09:14:07\.\d{3}, 0, GPU-a, NVIDIA H100 80GB HBM3, 535\.161\.07, 200\.00, 700\.00, 45, 98, 74, 80011, 200\.00, \d+\.\d\d\n$/,
  );
  const { samples, badLines } = samplesOf(rows);
  expect(badLines).toBe(0);
  expect(samples).toHaveLength(2 * 51);
});

test("the same seed gives the same rows", () => {
  expect(rowsOf({ kind: "lost-rows", share: 0.5 })).toEqual(rowsOf({ kind: "lost-rows", share: 0.5 }));
});

test("a stall has no rows, lost rows are missing, repeated ones are there twice", () => {
  const { samples } = samplesOf(rowsOf({ kind: "stall", atSeconds: 1, seconds: 2 }));
  const times = samples.map(({ stampMs = 0 }) => stampMs - (samples[0]?.stampMs ?? 0));
  expect(times.some((time) => time > 1100 && time < 2900)).toBe(false);
  expect(samplesOf(rowsOf({ kind: "lost-rows", share: 0.5 })).samples.length).toBeLessThan(80);
  expect(samplesOf(rowsOf({ kind: "repeats", share: 1 })).samples).toHaveLength(4 * 51);
});

test("values are absent in nvidia-smi's own words", () => {
  const absences = (fault: Fault): ReadonlySet<string | undefined> =>
    new Set(samplesOf(rowsOf(fault)).samples.map(({ powerAbsence }) => powerAbsence));
  expect(absences({ kind: "not-available", share: 0.5 })).toEqual(new Set([undefined, "[N/A]"]));
  expect(absences({ kind: "gpu-lost", atSeconds: 2 })).toEqual(new Set([undefined, "[GPU is lost]"]));
});

test("a step of the clock moves the stamps and not the arrivals; a late row is late on arrival only", () => {
  const [plain, stepped, late] = [
    rowsOf(),
    rowsOf({ kind: "clock-step", atSeconds: 0, byMs: -3_600_000 }),
    rowsOf({ kind: "late", byMs: 500 }),
  ];
  expect(stepped.map(({ arrivalMs }) => arrivalMs)).toEqual(plain.map(({ arrivalMs }) => arrivalMs));
  expect(stepped[1]?.text).toContain("2026/03/03 08:14:07");
  expect(Math.max(...late.map(({ arrivalMs }, index) => arrivalMs - (plain[index]?.arrivalMs ?? 0)))).toBeGreaterThan(
    400,
  );
});

test("a sensor holds its value until its next update, or shows a mean", () => {
  const watts = (more: { readonly updateMs?: number; readonly averageMs?: number }): readonly number[] =>
    samplesOf([
      ...nvidiaSmiRows({ gpus: [{ uuid: "GPU-a", power, ...more }], seconds: 4, seed: 1, jitterMs: 0 }),
    ]).samples.map(({ powerWatts = 0 }) => powerWatts);
  expect(watts({})[21]).toBe(100);
  expect(watts({ updateMs: 1500 })[21]).toBe(200);
  expect(watts({ averageMs: 1000 })[21]).toBe(190);
});
