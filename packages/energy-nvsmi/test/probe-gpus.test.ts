import { expect, test, vi } from "vitest";
import { probeGpus } from "../src/probe-gpus.ts";
import { fakeUuid, useFakeNvidiaSmi } from "./fake-nvidia-smi.ts";

const { directory } = useFakeNvidiaSmi();

test("a driver with GPUs is ready, and tells what it can be asked for", async () => {
  vi.stubEnv("FAKE_GPUS", "2");
  const { status, columns, gpus, reason } = await probeGpus(undefined);
  expect(status).toBe("ready");
  expect(reason).toBeUndefined();
  expect(gpus.map(({ uuid }) => uuid)).toEqual([fakeUuid(0), fakeUuid(1)]);
  expect(columns).toContain("power.draw.instant");
});

test("an old driver is not asked for columns that it does not know", async () => {
  vi.stubEnv("FAKE_GPU_COLUMNS", "old");
  const { status, columns } = await probeGpus(undefined);
  expect(status).toBe("ready");
  expect(columns).not.toContain("power.draw.instant");
});

test("only the GPUs that the training may use are metered", async () => {
  vi.stubEnv("FAKE_GPUS", "3");
  expect((await probeGpus("2,0")).gpus.map(({ index }) => index)).toEqual([0, 2]);
});

test.each([
  ["", /^CUDA_VISIBLE_DEVICES="" hides every GPU$/, "unset CUDA_VISIBLE_DEVICES"],
  ["-1", /^CUDA_VISIBLE_DEVICES="-1" hides every GPU$/, "unset CUDA_VISIBLE_DEVICES"],
  ["MIG-1234", /is a MIG slice; nvidia-smi knows the power of the whole GPU only$/, undefined],
])("CUDA_VISIBLE_DEVICES=%j leaves nothing to meter", async (devices, reason, fix) => {
  const capability = await probeGpus(devices);
  expect(capability).toMatchObject({ status: "unreadable", gpus: [] });
  expect(capability.reason).toMatch(reason);
  expect(capability.fix).toBe(fix);
});

test("no driver: unreadable, in nvidia-smi's words", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "no-driver");
  const { status, reason, fix } = await probeGpus(undefined);
  expect(status).toBe("unreadable");
  expect(reason).toContain("couldn't communicate with the NVIDIA driver");
  expect(fix).toContain("nvidia-smi");
});

test("no GPU: unreadable, in nvidia-smi's words", async () => {
  vi.stubEnv("FAKE_GPUS", "0");
  expect((await probeGpus(undefined)).reason).toBe("nvidia-smi ended with status 6: No devices were found");
});

test("a GPU that reports no power cannot be metered", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "power-na");
  expect(await probeGpus(undefined)).toMatchObject({
    status: "unreadable",
    reason: expect.stringContaining("reports no power"),
  });
});

test("no nvidia-smi at all is absent", async () => {
  vi.stubEnv("PATH", directory());
  expect(await probeGpus(undefined)).toMatchObject({ status: "absent", gpus: [] });
  expect((await probeGpus(undefined)).reason).toContain("nvidia-smi is not installed");
});
