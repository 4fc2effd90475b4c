import { expect, test } from "vitest";
import { processCpuSeconds } from "../src/process-cpu-seconds.ts";

test("a live process has used CPU, and more of it later", async () => {
  const before = (await processCpuSeconds(process.pid)) ?? Number.NaN;
  const endMs = performance.now() + 100;
  while (performance.now() < endMs);
  const after = (await processCpuSeconds(process.pid)) ?? Number.NaN;
  expect(before).toBeGreaterThan(0);
  expect(after).toBeGreaterThan(before);
});

test("a process that is gone has told nothing", async () => {
  expect(await processCpuSeconds(2 ** 31 - 1)).toBeUndefined();
});
