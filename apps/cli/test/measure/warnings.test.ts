import type { SourceState } from "@ea/energy";
import { expect, it } from "vitest";
import { measureRequest } from "../../src/measure/measure-request.ts";
import type { MeasuredRun } from "../../src/measure/measured-run.ts";
import { foreignWarnings, measureWarnings } from "../../src/measure/warnings.ts";
import { joules, run } from "./runs.ts";

const perf: SourceState = {
  name: "perf",
  status: "ready",
  provides: ["cpu_package"],
  reason: undefined,
  fix: undefined,
};
const warnings = (runs: readonly MeasuredRun[], sources: readonly SourceState[] = [perf], planned = "2") =>
  measureWarnings(measureRequest({ runs: planned }, ["a"], "/"), sources, runs);

it("nothing is said about two good runs", () => {
  expect(warnings([run(0, [joules(5)]), run(0, [joules(5)])])).toEqual([]);
});

it("one run has no interval", () => {
  expect(warnings([run(0, [joules(5)])], [perf], "1")).toEqual([expect.stringContaining("--runs 10")]);
});

it("a short run is too short for the sensor that saw it", () => {
  const short = { durationSeconds: 0.05 };
  const gpu = joules(5, { name: "gpu", quality: "integrated" });
  expect(warnings([run(0, [joules(5)], short)])).toEqual([
    expect.stringContaining("ran 50 ms: too short for the CPU's"),
  ]);
  expect(warnings([run(0, [gpu], { durationSeconds: 0.5 })])).toEqual([
    expect.stringContaining("the GPU's power sensor"),
  ]);
  expect(warnings([run(0, [joules(null)], short)])).toEqual([]);
});

it("a CPU that is not measured is named with reason and fix", () => {
  const source: SourceState = { ...perf, status: "unreadable", provides: [], reason: "paranoid", fix: "sudo sysctl" };
  expect(warnings([run(0, [joules(null)])], [source])).toEqual([
    "CPU energy is not measured here: perf: paranoid; try: sudo sysctl; ea doctor tells more",
  ]);
});

it("partial values and leftovers are told", () => {
  const partial = joules(5, { quality: "partial", reason: "gaps" });
  expect(warnings([run(0, [partial], { leftovers: 2 })])).toEqual([
    "cpu_package is partial in 1 run: parts of the window are missing, and it enters no mean",
    expect.stringMatching(/^2 processes outlived a command/),
  ]);
});

it("foreign processes on a GPU are named; not to know is not the same as none", () => {
  const device = { device: "GPU-1", model: undefined, driverVersion: undefined, powerWatts: undefined } as const;
  const rest = {
    powerLimitWatts: undefined,
    temperatureCelsius: undefined,
    utilizationPercent: undefined,
    memoryUsedMebibytes: undefined,
    throttleReasons: undefined,
  };
  const processes = [{ pid: 7, name: "python", memoryMebibytes: 5 }];
  expect(foreignWarnings([{ ...device, ...rest, processes: [] }])).toEqual([]);
  expect(foreignWarnings([{ ...device, ...rest, processes }])).toEqual([expect.stringContaining("pid 7 (python)")]);
  expect(foreignWarnings([{ ...device, ...rest, processes: undefined }])).toEqual([
    expect.stringContaining("not known"),
  ]);
});
