import { scanLog } from "@ea/metrics-parser";
import { expect, test } from "vitest";
import { fatalPatterns } from "../src/failure-patterns.ts";

async function found(log: string, own?: readonly string[]): Promise<readonly string[]> {
  const { fatal } = await scanLog(`start\n${log}\nend\n`, { metrics: {}, fatal: fatalPatterns(own) });
  return fatal.map(({ name }) => name);
}

test.each([
  "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB",
  "torch.cuda.OutOfMemoryError: CUDA out of memory.",
  "torch.OutOfMemoryError: CUDA out of memory.",
  "RuntimeError: CUDA error: out of memory",
  "MemoryError",
  "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 7.45 GiB",
])("%s is out of memory", async (line) => {
  expect(await found(line)).toContain("oom");
});

test.each([
  "Traceback (most recent call last):",
  "RuntimeError: shape mismatch",
  "builtins.AssertionError",
  "ModuleNotFoundError: No module named 'torch'",
  "KeyboardInterrupt",
  "Segmentation fault (core dumped)",
])("%s is a crash", async (line) => {
  expect(await found(line)).toEqual(["crash"]);
});

test.each([
  "train error: 0.79",
  "Error: 0.21",
  "error rate 0.3, MemoryErrors: 0",
  "  caught RuntimeError: retrying",
  "[INFO] Traceback (most recent call last): none",
  "no Segmentation fault",
])("%s is a result", async (line) => {
  expect(await found(line)).toEqual([]);
});

test("own patterns take the place of all but out of memory, at line starts and in any letter case", async () => {
  const own = ["diverged", "loss = (nan|inf)"];
  expect(await found("DIVERGED at epoch 3", own)).toEqual(["crash"]);
  expect(await found("loss = inf", own)).toEqual(["crash"]);
  expect(await found("it diverged", own)).toEqual([]);
  expect(await found("Traceback (most recent call last):", own)).toEqual([]);
  expect(await found("MemoryError", own)).toEqual(["oom"]);
});

test("no own patterns at all leave out of memory", async () => {
  expect(await found("Traceback (most recent call last):\nMemoryError", [])).toEqual(["oom"]);
});

test("a pattern that Python would refuse is refused", () => {
  expect(() => fatalPatterns(["a(b"])).toThrow(/fatal_patterns/);
});
