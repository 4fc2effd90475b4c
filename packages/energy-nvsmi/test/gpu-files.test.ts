import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openGpuFiles } from "../src/gpu-files.ts";
import { type IdentifiedSample, identifiedSamples } from "../src/identified-samples.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ea-gpu-files-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const text = (name: string): string => readFileSync(join(directory, name), "utf8");
const HEADER =
  "timestamp, uuid, power.draw, temperature.gpu, temperature.memory, utilization.gpu, utilization.memory\n";
function sample(values: string): IdentifiedSample {
  const [first] = identifiedSamples(`${HEADER}2026/03/03 09:14:07.791, GPU-a, ${values}\n`);
  if (!first) throw new RangeError(values);
  return first;
}

test("three tables: the original's columns, then the GPU and the milliseconds", async () => {
  const files = openGpuFiles(directory);
  files.add({ timeMs: 1_700_000_000_999.6, powerWatts: 70.89, sample: sample("70.89, 45, 50, 98, 74") });
  await files.close();
  expect(text("gpu_power.csv")).toBe(
    "timestamp,power_draw_w,gpu_uuid,timestamp_ms\n1700000000,70.89,GPU-a,1700000001000\n",
  );
  expect(text("gpu_temperature.csv")).toBe(
    "timestamp,gpu_temp_c,memory_temp_c,gpu_uuid,timestamp_ms\n1700000000,45,50,GPU-a,1700000001000\n",
  );
  expect(text("gpu_utilization.csv")).toBe(
    "timestamp,gpu_util_percent,memory_util_percent,gpu_uuid,timestamp_ms\n1700000000,98,74,GPU-a,1700000001000\n",
  );
});

test("an absent value is N/A, and 0 is 0", async () => {
  const files = openGpuFiles(directory);
  files.add({ timeMs: 1000, powerWatts: undefined, sample: sample("[N/A], 45, N/A, 0, [N/A]") });
  await files.close();
  expect(text("gpu_power.csv")).toContain("\n1,N/A,GPU-a,1000\n");
  expect(text("gpu_temperature.csv")).toContain("\n1,45,N/A,GPU-a,1000\n");
  expect(text("gpu_utilization.csv")).toContain("\n1,0,N/A,GPU-a,1000\n");
});

test("without samples there are the headers", async () => {
  await openGpuFiles(directory).close();
  expect(text("gpu_power.csv")).toBe("timestamp,power_draw_w,gpu_uuid,timestamp_ms\n");
});

test("what cannot be written is told at the end, and ends nothing before", async () => {
  const files = openGpuFiles(join(directory, "missing"));
  files.add({ timeMs: 1000, powerWatts: 1, sample: sample("1, 1, 1, 1, 1") });
  await new Promise((resolve) => setTimeout(resolve, 50));
  files.add({ timeMs: 2000, powerWatts: 1, sample: sample("1, 1, 1, 1, 1") });
  await expect(files.close()).rejects.toThrow("ENOENT");
});
