import { expect, test } from "vitest";
import { implausibility, type Work } from "../src/plausibility.ts";

const work = (durationSeconds: number, epochs?: number, cpuSeconds?: number): Work => ({
  durationSeconds,
  cpuSeconds,
  hyperparameters: epochs === undefined ? {} : { epochs },
});
const five = Array.from({ length: 5 }, () => work(100, 10));

test("without history and configuration nothing is implausible", () => {
  expect(implausibility(work(0), {}, [])).toBeUndefined();
});

test("less than the configured time or CPU time is implausible, exactly as much is not", () => {
  const config = { min_duration_seconds: 5, min_cpu_seconds: 2 };
  expect(implausibility(work(4.9, 1, 9), config, [])).toBe(
    "it took 4.9 s, expected at least 5 s (min_duration_seconds)",
  );
  expect(implausibility(work(5, 1, 1.99), config, [])).toBe(
    "it used 1.99 CPU s, expected at least 2 s (min_cpu_seconds)",
  );
  expect(implausibility(work(5, 1, 2), config, [])).toBeUndefined();
});

test("CPU time that is not known says nothing", () => {
  expect(implausibility(work(5), { min_cpu_seconds: 2 }, [])).toBeUndefined();
});

test("less than a fifth of the shortest of five comparable runs is implausible", () => {
  expect(implausibility(work(19.9, 10), {}, five)).toBe(
    "it took 19.9 s; the shortest of 5 runs with no more epochs took 100.0 s",
  );
  expect(implausibility(work(20, 10), {}, five)).toBeUndefined();
});

test("four runs are not enough to compare with", () => {
  expect(implausibility(work(1, 10), {}, five.slice(1))).toBeUndefined();
});

test("runs with more epochs are not compared with", () => {
  expect(implausibility(work(1, 9), {}, five)).toBeUndefined();
  expect(implausibility(work(1, 9), {}, [...five, ...Array.from({ length: 5 }, () => work(50, 9))])).toContain(
    "50.0 s",
  );
});

test("without epochs all runs are comparable", () => {
  const history = Array.from({ length: 5 }, () => work(100));
  expect(implausibility(work(1), {}, history)).toContain("shortest of 5 runs");
});
