import type { Quantity } from "@ea/energy";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/measure/compare.ts";
import { comparisonText } from "../../src/measure/comparison-text.ts";
import type { Subject } from "../../src/measure/measure-request.ts";
import type { MeasuredRun } from "../../src/measure/measured-run.ts";
import { joules, run } from "./runs.ts";

const SUBJECTS: readonly Subject[] = ["old", "new"].map((label) => ({ label, argv: [label] }));
const estimate = (value: number): Quantity =>
  joules(value, { name: "cpu_estimate", source: "/proc/stat", quality: "estimated", reason: "a model" });
const sentences = (runs: readonly MeasuredRun[], subjects = SUBJECTS): readonly string[] =>
  compare(subjects, runs).map((comparison) => comparisonText(comparison, subjects));

/** Runs of the first and of the second command with these energies of the package. */
const runs = (first: readonly number[], second: readonly number[]): readonly MeasuredRun[] => [
  ...first.map((value) => run(0, [joules(value), estimate(1)])),
  ...second.map((value) => run(1, [joules(value), estimate(2)])),
];

it("one command is compared with nothing", () => {
  expect(compare([{ label: "only", argv: ["only"] }], [run(0, [joules(5)]), run(0, [joules(6)])])).toEqual([]);
});

it("says by how much, and how sure that is", () => {
  expect(sentences(runs([99, 100, 101], [81, 82, 83]))[0]).toBe(
    "'new' uses 18.0 % ± 2.4 % less energy than 'old' (cpu_package)",
  );
  expect(sentences(runs([81, 82, 83], [99, 100, 101]))[0]).toMatch(/^'new' uses 22\.0 % ± .* more energy than 'old'/);
});

it("compares the time as well, last", () => {
  const timed = [1, 1.01, 2, 2.01].map((durationSeconds, index) =>
    run(Math.floor(index / 2), [joules(5 + index / 100)], { durationSeconds }),
  );
  expect(sentences(timed).at(-1)).toMatch(/^'new' takes 100 % ± .* more time than 'old'$/);
});

describe("says that no difference can be told", () => {
  it("when the interval holds zero", () => {
    expect(sentences(runs([90, 110, 100], [95, 104, 99]))[0]).toMatch(
      /^no difference in energy can be told between 'new' and 'old' \(cpu_package\): the change lies between -\d+ % and \d+ %/,
    );
  });

  it("when there is one run of one of them", () => {
    expect(sentences(runs([100], [80, 81]))[0]).toBe(
      "no difference in energy can be told between 'new' and 'old' (cpu_package): one run has no interval; use --runs 10",
    );
  });

  it("when both are the same to the last digit", () => {
    expect(compare(SUBJECTS, runs([5, 5], [5, 5]))[0]).toMatchObject({ verdict: "undecided" });
  });
});

describe("never mixes", () => {
  it("an estimate is not compared where something was measured", () => {
    expect(compare(SUBJECTS, runs([1, 2], [3, 4])).map(({ name }) => name)).toEqual(["cpu_package", "duration"]);
  });

  it("estimates are compared when there is nothing else, and called estimated", () => {
    const estimated = [10, 10.1, 20, 20.1].map((value, index) =>
      run(Math.floor(index / 2), [joules(null), estimate(value)]),
    );
    expect(sentences(estimated)[0]).toMatch(
      /^'new' uses an estimated .* more energy than 'old' \(cpu_estimate: estimated by a model, not measured\)$/,
    );
  });

  it("one command's measurement is not compared with the other's estimate", () => {
    const mixed = [run(0, [joules(5)]), run(0, [joules(6)]), run(1, [estimate(5)]), run(1, [estimate(6)])];
    expect(compare(SUBJECTS, mixed).map(({ name }) => name)).toEqual(["duration"]);
  });

  it("two sources of one quantity are not compared", () => {
    const powercap = (value: number): Quantity => joules(value, { source: "powercap" });
    const mixed = [run(0, [joules(5)]), run(0, [joules(6)]), run(1, [powercap(5)]), run(1, [powercap(6)])];
    expect(compare(SUBJECTS, mixed).map(({ name }) => name)).toEqual(["duration"]);
  });

  it("failed runs and partial values do not count", () => {
    const odd = [
      run(1, [joules(9999)], { exitCode: 1 }),
      run(1, [joules(9999, { quality: "partial", reason: "gaps" })]),
    ];
    expect(compare(SUBJECTS, [...runs([100, 101], [100, 101]), ...odd])[0]).toMatchObject({ n: [2, 2] });
  });
});

it("GPUs are summed, and only when each of them has a value", () => {
  const gpu = (device: string, value: number | null): Quantity => joules(value, { name: "gpu", device });
  const both = [10, 11, 20, 21].map((value, index) => run(Math.floor(index / 2), [gpu("a", value), gpu("b", value)]));
  expect(compare(SUBJECTS, both)[0]).toMatchObject({ name: "gpu", n: [2, 2] });
  expect(compare(SUBJECTS, both)[0]?.change?.change).toBeCloseTo(41 / 21 - 1, 9);
  const lost = [run(0, [gpu("a", 10), gpu("b", null)]), run(1, [gpu("a", 10), gpu("b", null)])];
  expect(compare(SUBJECTS, lost).map(({ name }) => name)).toEqual(["duration"]);
});
