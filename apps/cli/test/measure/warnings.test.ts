import type { DeviceState, SourceState } from "@ea/energy";
import { expect, it } from "vitest";
import { measureRequest } from "../../src/measure/measure-request.ts";
import type { MeasuredRun } from "../../src/measure/measured-run.ts";
import { nextMeasure } from "../../src/measure/next-measure.ts";
import { foreignWarnings, measureWarnings, throttleWarnings } from "../../src/measure/warnings.ts";
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

const lasting = (...seconds: readonly number[]): readonly MeasuredRun[] =>
  seconds.map((durationSeconds, index) => run(0, [joules(5)], { durationSeconds, run: index }));

it("a first run that is slower than all others is a cold start, and the warm-up that helps is named", () => {
  expect(warnings(lasting(2, 1, 1.1, 0.9))).toEqual([
    "the first run of 'a' took 100 % longer than the others: a cold start is in its mean; use --warmup 1",
  ]);
});

it.each([
  ["of three runs", [2, 1, 1]],
  ["no slower than another one", [2, 1, 1, 2]],
  ["slower by little", [1.1, 1, 1, 1]],
])("a first run %s is none", (_, seconds) => expect(warnings(lasting(...seconds))).toEqual([]));

it("clocks that heat holds down are told; idle ones are not", () => {
  const device = (throttleReasons: readonly string[] | undefined): DeviceState => ({
    device: "GPU-1",
    model: undefined,
    driverVersion: undefined,
    processes: [],
    powerWatts: undefined,
    powerLimitWatts: undefined,
    temperatureCelsius: undefined,
    utilizationPercent: undefined,
    memoryUsedMebibytes: undefined,
    throttleReasons,
  });
  expect(throttleWarnings([device(["hw_thermal_slowdown"])])).toEqual([
    "the clocks of GPU-1 are held down (hw_thermal_slowdown): let it cool, or see nvidia-smi -q -d PERFORMANCE",
  ]);
  expect(throttleWarnings([device(["gpu_idle"]), device([]), device(undefined)])).toEqual([]);
});

it.each([
  [1, ["it's"], ["cmd", "it's"], "ea measure --runs 10 -- cmd 'it'\\''s'"],
  [1, ["a | b", "c"], undefined, "ea measure --runs 10 'a | b' c"],
  [20, ["a b"], undefined, "ea measure --runs 20 'a b' ANOTHER, to see which needs less"],
] as const)("after %i runs of %j comes a sensible next command", (runs, labels, argv, expected) => {
  const subjects = labels.map((label) => ({ label, argv: ["sh"] as const }));
  expect(nextMeasure({ subjects, runs }, [], argv)).toBe(expected);
});

it("an undecided comparison wants more runs; a decided one is done", () => {
  const subjects = [
    { label: "a", argv: ["sh"] },
    { label: "b", argv: ["sh"] },
  ] as const;
  const comparison = { command: 1, baseline: 0, name: "cpu_package", unit: "J", isEstimate: false } as const;
  const found = (verdict: "less" | "undecided") =>
    nextMeasure({ subjects, runs: 10 }, [{ ...comparison, n: [10, 10], change: undefined, verdict }], undefined);
  expect(found("undecided")).toBe("ea measure --runs 40 a b");
  expect(found("less")).toContain("ea init SCRIPT");
});
