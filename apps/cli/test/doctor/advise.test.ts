import type { SourceState } from "@ea/energy";
import { expect, it } from "vitest";
import { advise } from "../../src/doctor/advise.ts";
import type { MachineFacts } from "../../src/doctor/read-machine.ts";

const FACTS: MachineFacts = {
  paranoid: "2\n",
  status: undefined,
  virtualisation: { cpuinfo: "flags : fpu\n", firmware: "", cgroup: "", containerFiles: [] },
  powerEvents: [],
  governors: [],
  clockSource: undefined,
  synchronised: undefined,
  gpu: { pciVendors: [], hasNvidiaSmi: false, persistence: undefined },
  missingTools: [],
};
const VM: MachineFacts = { ...FACTS, virtualisation: { ...FACTS.virtualisation, cpuinfo: "flags : hypervisor\n" } };
const BOX: MachineFacts = { ...FACTS, virtualisation: { ...FACTS.virtualisation, containerFiles: ["/.dockerenv"] } };

const source = (reason: string | undefined, members: Partial<SourceState> = {}): SourceState => ({
  name: "perf",
  status: "absent",
  provides: [],
  reason,
  fix: undefined,
  ...members,
});

it("nothing is advised to a source that is ready", () => {
  const ready = source(undefined, { status: "ready", provides: ["cpu_package"] });
  expect(advise(ready, VM)).toBe(ready);
});

it.each([
  ["a bare machine", FACTS, "sudo modprobe rapl"],
  ["a virtual machine", VM, "measure on the host of the virtual machine"],
  ["a container", BOX, expect.stringContaining("docker run --cap-add PERFMON")],
])("without RAPL, on %s", (_, facts, fix) => {
  expect(advise(source("no RAPL energy events"), facts).fix).toEqual(fix);
});

it("powercap needs another module", () => {
  const powercap = source("no RAPL zone in /sys/class/powercap", { name: "powercap" });
  expect(advise(powercap, FACTS).fix).toBe("sudo modprobe intel_rapl_msr");
});

it("the level is told, and in a container the permission comes from outside", () => {
  const unreadable = source("perf may not count the whole host (perf_event_paranoid)", {
    status: "unreadable",
    fix: "sudo sysctl kernel.perf_event_paranoid=0",
  });
  expect(advise(unreadable, FACTS)).toMatchObject({
    reason: "perf may not count the whole host (perf_event_paranoid): it is 2",
    fix: "sudo sysctl kernel.perf_event_paranoid=0",
  });
  expect(advise(unreadable, BOX).fix).toContain("PERFMON");
});

it.each([
  ["perf ended with exit status 2: WARNING: perf not found for kernel 5.15.0-91", "linux-tools-$(uname -r)"],
  ["nvidia-smi ended with status 18: Failed to initialize NVML: Driver/library version mismatch", "sudo reboot"],
  [
    "nvidia-smi ended with status 9: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
    "sudo modprobe nvidia",
  ],
])("%s", (reason, fix) => expect(advise(source(reason, { status: "unreadable" }), FACTS).fix).toContain(fix));

it("a fix of the meter stays where the machine knows none", () => {
  expect(advise(source("odd", { fix: "do this" }), FACTS).fix).toBe("do this");
});
