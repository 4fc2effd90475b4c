import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { queryArguments } from "../src/columns.ts";
import { startNvidiaSmi } from "../src/gpu-sidecar.ts";
import { useFakeNvidiaSmi } from "./fake-nvidia-smi.ts";
import { processesMentioning } from "./processes.ts";

const { directory } = useFakeNvidiaSmi();
/** An interval that no other test of this file uses, to find the process by. */
const INTERVAL_MS = 53;
const query = queryArguments(["timestamp", "uuid", "power.draw"], { intervalMs: INTERVAL_MS });
const raw = (): string => join(directory(), "gpu_raw.csv");
const living = (): Promise<number[]> => processesMentioning(`-lms\0${INTERVAL_MS}\0`, directory());

test("every line comes, and the raw file holds what nvidia-smi wrote", async () => {
  const lines: string[] = [];
  const sidecar = startNvidiaSmi(query, { rawFile: raw(), onLine: (line) => lines.push(line) });
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(4), 5000);
  expect(await living()).toHaveLength(1);
  expect(await sidecar.stop()).toBeUndefined();
  expect(lines[0]).toBe("timestamp, uuid, power.draw [W]");
  expect(await readFile(raw(), "utf8")).toBe(`${lines.join("\n")}\n`);
  expect(sidecar.cpuSeconds()).toBeGreaterThan(0);
  expect(await living()).toEqual([]);
});

test("an nvidia-smi that ends by itself has failed, and says how", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "dies");
  vi.stubEnv("FAKE_GPU_AFTER_MS", "0");
  const sidecar = startNvidiaSmi(query, { rawFile: raw(), onLine: () => undefined });
  expect(await sidecar.ended).toBe("nvidia-smi ended early (SIGKILL)");
});

test("one that does not leave is killed", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "ignores-sigterm");
  const lines: string[] = [];
  const sidecar = startNvidiaSmi(query, { rawFile: raw(), onLine: (line) => lines.push(line) });
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(1), 5000);
  await sidecar.stop();
  expect(await living()).toEqual([]);
});

test("no nvidia-smi on PATH is an early end, and may be stopped", async () => {
  vi.stubEnv("PATH", directory());
  const sidecar = startNvidiaSmi(query, { rawFile: raw(), onLine: () => undefined });
  expect(await sidecar.ended).toBe("nvidia-smi ended early (ENOENT)");
  await sidecar.stop();
});

test("a directory that does not exist is refused before anything starts", async () => {
  const path = join(directory(), "missing", "gpu_raw.csv");
  expect(() => startNvidiaSmi(query, { rawFile: path, onLine: () => undefined })).toThrow("ENOENT");
  expect(existsSync(path)).toBe(false);
  expect(await living()).toEqual([]);
});
