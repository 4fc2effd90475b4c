import { expect, it } from "vitest";
import { summarize } from "../../src/measure/summarize.ts";
import { joules, run } from "./runs.ts";

it("energies stand first, then the duration, then powers", () => {
  const names = summarize([run(0, [joules(5), joules(1, { name: "dram" })])]).map(
    ({ name, unit }) => `${name} ${unit}`,
  );
  expect(names).toEqual(["cpu_package J", "dram J", "duration s", "cpu_package W", "dram W"]);
});

it("has mean and interval of the complete runs", () => {
  const [energy] = summarize([run(0, [joules(9)]), run(0, [joules(11)])]);
  expect(energy).toMatchObject({ quality: "measured", sample: { n: 2, mean: 10, min: 9, max: 11 } });
});

it.each([
  ["failed", { exitCode: 3 }],
  ["was killed", { exitCode: undefined, signal: "SIGKILL" }],
  ["was interrupted", { isInterrupted: true }],
])("a run that %s is in no mean", (_, members) => {
  const summaries = summarize([run(0, [joules(9)]), run(0, [joules(1000)], { ...members, durationSeconds: 99 })]);
  expect(summaries[0]?.sample).toMatchObject({ n: 1, mean: 9 });
  expect(summaries[1]?.sample).toMatchObject({ n: 1, mean: 1 });
});

it("a partial value is in no mean, and counted", () => {
  const partial = joules(2, { quality: "partial", reason: "gaps" });
  expect(summarize([run(0, [joules(9)]), run(0, [partial])])[0]).toMatchObject({
    sample: { n: 1, mean: 9 },
    partial: 1,
  });
  expect(summarize([run(0, [partial])])[0]).toMatchObject({
    sample: undefined,
    quality: "unavailable",
    reason: "every value is partial: gaps",
  });
});

it("what was never measured has a reason, not a zero", () => {
  expect(summarize([run(0, [joules(null)])])[0]).toMatchObject({
    sample: undefined,
    quality: "unavailable",
    reason: "no counter",
  });
});

it("without a complete run nothing has a mean", () => {
  for (const { sample, reason } of summarize([run(0, [joules(9)], { exitCode: 1 })])) {
    expect(sample).toBeUndefined();
    expect(reason).toBe("no run of the command is complete");
  }
});

it("devices are kept apart", () => {
  const gpu = (device: string, value: number) => joules(value, { name: "gpu", device, quality: "integrated" });
  const [one, two] = summarize([run(0, [gpu("GPU-1", 5), gpu("GPU-2", 7)])]);
  expect([one, two]).toMatchObject([
    { device: "GPU-1", sample: { mean: 5 } },
    { device: "GPU-2", sample: { mean: 7 } },
  ]);
});

it("an estimate stays one", () => {
  const estimate = joules(4, { name: "cpu_estimate", quality: "estimated", reason: "a model" });
  expect(summarize([run(0, [estimate])])[0]).toMatchObject({ quality: "estimated", reason: "a model" });
});
