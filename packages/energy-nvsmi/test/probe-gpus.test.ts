import { expect, test, vi } from "vitest";
import { BASE_COLUMNS } from "../src/columns.ts";
import { probeGpus } from "../src/probe-gpus.ts";
import { fakeUuid, useFakeNvidiaSmi } from "./fake-nvidia-smi.ts";

const { directory } = useFakeNvidiaSmi();

test("a driver with GPUs is ready, and tells what it can be asked for", async () => {
  vi.stubEnv("FAKE_GPUS", "2");
  const { status, columns, gpus, reason } = await probeGpus({});
  expect(status).toBe("ready");
  expect(reason).toBeUndefined();
  expect(gpus.map(({ uuid }) => uuid)).toEqual([fakeUuid(0), fakeUuid(1)]);
  expect(columns).toContain("power.draw.instant");
});

test("an old driver is not asked for columns that it does not know", async () => {
  vi.stubEnv("FAKE_GPU_COLUMNS", "old");
  const { status, columns } = await probeGpus({});
  expect(status).toBe("ready");
  expect(columns).not.toContain("power.draw.instant");
});

test("only the GPUs that the training may use are metered", async () => {
  vi.stubEnv("FAKE_GPUS", "3");
  expect((await probeGpus({ visibleDevices: "2,0" })).gpus.map(({ index }) => index)).toEqual([0, 2]);
});

test.each([
  ["", /^CUDA_VISIBLE_DEVICES="" hides every GPU$/, "unset CUDA_VISIBLE_DEVICES"],
  ["-1", /^CUDA_VISIBLE_DEVICES="-1" hides every GPU$/, "unset CUDA_VISIBLE_DEVICES"],
  ["MIG-1234", /^CUDA_VISIBLE_DEVICES="MIG-1234" hides every GPU$/, "unset CUDA_VISIBLE_DEVICES"],
])("CUDA_VISIBLE_DEVICES=%j leaves nothing to meter", async (devices, reason, fix) => {
  const capability = await probeGpus({ visibleDevices: devices });
  expect(capability).toMatchObject({ status: "unreadable", gpus: [] });
  expect(capability.reason).toMatch(reason);
  expect(capability.fix).toBe(fix);
});

test("a MIG slice is metered by its whole GPU", async () => {
  vi.stubEnv("FAKE_GPUS", "2");
  vi.stubEnv("FAKE_GPU_MIG", "1");
  const slice = `MIG-${fakeUuid(1).slice("GPU-".length)}`;
  expect((await probeGpus({ visibleDevices: slice })).gpus).toMatchObject([{ uuid: fakeUuid(1), isMig: true }]);
  const old = `MIG-${fakeUuid(0)}/1/0`;
  expect((await probeGpus({ visibleDevices: old })).gpus).toMatchObject([{ uuid: fakeUuid(0) }]);
});

test("indices among different GPUs mean nothing unless their order is said", async () => {
  vi.stubEnv("FAKE_GPUS", "2");
  vi.stubEnv("FAKE_GPU_MODELS", "NVIDIA H100 80GB HBM3,Tesla T4");
  expect(await probeGpus({ visibleDevices: "1" })).toMatchObject({
    status: "unreadable",
    reason: 'CUDA_VISIBLE_DEVICES="1" counts different GPUs in an order of CUDA\'s own',
    fix: "export CUDA_DEVICE_ORDER=PCI_BUS_ID",
  });
  const ordered = await probeGpus({ visibleDevices: "1", deviceOrder: "PCI_BUS_ID" });
  expect(ordered.gpus.map(({ model }) => model)).toEqual(["Tesla T4"]);
  expect((await probeGpus({ visibleDevices: fakeUuid(1) })).gpus).toHaveLength(1);
});

test("a driver that refuses a column of its own help is asked for the old ones", async () => {
  vi.stubEnv("FAKE_GPU_COLUMNS", "refused");
  const { status, columns } = await probeGpus({});
  expect(status).toBe("ready");
  expect(columns).toEqual(BASE_COLUMNS);
});

test("no driver: unreadable, in nvidia-smi's words", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "no-driver");
  const { status, reason, fix } = await probeGpus({});
  expect(status).toBe("unreadable");
  expect(reason).toContain("couldn't communicate with the NVIDIA driver");
  expect(fix).toContain("nvidia-smi");
});

test("no GPU: unreadable, in nvidia-smi's words", async () => {
  vi.stubEnv("FAKE_GPUS", "0");
  expect((await probeGpus({})).reason).toBe("nvidia-smi ended with status 6: No devices were found");
});

test("a GPU that reports no power cannot be metered", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "power-na");
  expect(await probeGpus({})).toMatchObject({
    status: "unreadable",
    reason: expect.stringContaining("reports no power"),
  });
});

test("no nvidia-smi at all is absent", async () => {
  vi.stubEnv("PATH", directory());
  expect(await probeGpus({})).toMatchObject({ status: "absent", gpus: [] });
  expect((await probeGpus({})).reason).toContain("nvidia-smi is not installed");
});
