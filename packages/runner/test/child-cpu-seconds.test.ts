import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { childCpuSeconds } from "../src/child-cpu-seconds.ts";

test("a child that has computed and was waited for counts", () => {
  const before = childCpuSeconds();
  execFileSync(process.execPath, [
    "-e",
    "const end = process.cpuUsage().user + 2e5; while (process.cpuUsage().user < end);",
  ]);
  expect(childCpuSeconds() - before).toBeGreaterThanOrEqual(0.19);
});
