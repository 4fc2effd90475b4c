import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Quantity } from "@ea/energy";
import { expect, test, vi } from "vitest";
import { cpuMeter } from "../src/cpu-meter.ts";
import { asAnotherUser, UNREADABLE } from "./another-user.ts";
import { useFakePerf } from "./fake-perf.ts";
import { useFakePowercap } from "./fake-powercap.ts";

const perf = useFakePerf();
const fake = useFakePowercap();
const meter = (): ReturnType<typeof cpuMeter> => cpuMeter({ root: fake.root(), intervalMs: 50 });

async function measure(): Promise<readonly Quantity[]> {
  const metering = await meter().start({ directory: fake.directory() });
  await sleep(400);
  return metering.stop();
}

function addPackage({ withDram = true } = {}): void {
  fake.add("intel-rapl:0", { name: "package-0" });
  if (withDram) fake.add("intel-rapl:0:0", { name: "dram" });
  fake.run({ "intel-rapl:0": 20, ...(withDram && { "intel-rapl:0:0": 5 }) });
}

test("perf comes first where both can", async () => {
  addPackage();
  expect(await meter().probe()).toMatchObject({ name: "perf", status: "ready", provides: ["cpu_package", "dram"] });
  const quantities = await measure();
  expect(quantities.map(({ source, value }) => [source, value !== null])).toEqual([
    ["perf", true],
    ["perf", true],
  ]);
  expect(existsSync(join(fake.directory(), "cpu_energy_powercap.csv"))).toBe(false);
});

test.each(["paranoid", "no-pmu", "not-supported", "zero"])("%s: powercap takes the place of perf", async (mode) => {
  vi.stubEnv("FAKE_PERF_MODE", mode);
  addPackage();
  expect(await meter().probe()).toEqual({
    name: "powercap",
    status: "ready",
    provides: ["cpu_package", "dram"],
    reason: undefined,
    fix: undefined,
  });
  const quantities = await measure();
  expect(quantities.map(({ name, device, quality }) => `${name} ${device} ${quality}`)).toEqual([
    "cpu_package package-0 measured",
    "dram package-0 measured",
  ]);
  expect(existsSync(join(fake.directory(), "cpu_energy_raw.txt"))).toBe(false);
});

test("powercap measures where it alone has DRAM, and nothing is mixed", async () => {
  vi.stubEnv("FAKE_PERF_RAM_WATTS", "");
  addPackage();
  expect((await meter().probe()).name).toBe("powercap");
  expect((await measure()).map(({ source }) => source)).toEqual(["powercap", "powercap"]);
});

test("DRAM that neither has is missing with both reasons", async () => {
  vi.stubEnv("FAKE_PERF_RAM_WATTS", "");
  addPackage({ withDram: false });
  expect((await meter().probe()).name).toBe("perf");
  const dram = (await measure()).find(({ name }) => name === "dram");
  expect(dram).toMatchObject({
    value: null,
    reason: "perf: the CPU does not offer this domain; powercap: does not count it",
  });
});

test("DRAM that powercap may have, if one could read it, is missing with the reason of each", async () => {
  vi.stubEnv("FAKE_PERF_RAM_WATTS", "");
  const dram = (await measure()).find(({ name }) => name === "dram");
  expect(dram?.reason).toMatch(/^perf: the CPU does not offer this domain; powercap: no RAPL zone in /);
});

test("neither: both energies are missing with both reasons, and the probe speaks for the chain", async () => {
  vi.stubEnv("FAKE_PERF_MODE", "no-pmu");
  const reason =
    "perf: no RAPL energy events: this CPU, kernel or virtual machine does not offer them; " +
    `powercap: no RAPL zone in ${fake.root()}: a virtual machine, or the driver intel_rapl_msr is not loaded`;
  expect(await meter().probe()).toEqual({ name: "cpu", status: "absent", provides: [], reason, fix: undefined });
  const quantities = await measure();
  expect(quantities.map((quantity) => [quantity.name, quantity.value, quantity.source, quantity.reason])).toEqual([
    ["cpu_package", null, "perf, powercap", reason],
    ["dram", null, "perf, powercap", reason],
  ]);
});

test("unreadable if one is, with the command that helps that one", async () => {
  vi.stubEnv("PATH", perf.directory());
  addPackage();
  for (const id of ["intel-rapl:0", "intel-rapl:0:0"]) chmodSync(fake.path(id, "energy_uj"), UNREADABLE);
  // The tree is looked at before anything is waited for
  const probing = asAnotherUser(fake.path("intel-rapl:0"), () => meter().probe());
  expect(await probing).toMatchObject({
    name: "cpu",
    status: "unreadable",
    reason: expect.stringMatching(/^perf is not installed; powercap: only root may read energy_uj/),
    fix: `sudo chmod a+r ${fake.root()}/intel-rapl*/energy_uj`,
  });
});

test("perf's own command comes first when both are unreadable", async () => {
  vi.stubEnv("FAKE_PERF_MODE", "paranoid");
  expect(await meter().probe()).toMatchObject({
    status: "unreadable",
    fix: "sudo sysctl kernel.perf_event_paranoid=0",
  });
});

test("it is one meter: stopping twice is one stop, an abort stops it, and a late signal starts nothing", async () => {
  vi.stubEnv("FAKE_PERF_MODE", "no-pmu");
  addPackage();
  const controller = new AbortController();
  const metering = await meter().start({ directory: fake.directory(), signal: controller.signal });
  await sleep(200);
  controller.abort();
  await sleep(400);
  const quantities = await metering.stop();
  expect(await metering.stop()).toBe(quantities);
  expect(quantities[0]?.value).toBeLessThan(20 * 0.5);
  await expect(meter().start({ directory: fake.directory(), signal: controller.signal })).rejects.toThrow(/abort/);
});
