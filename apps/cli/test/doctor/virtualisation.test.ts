import { expect, it } from "vitest";
import {
  container,
  type VirtualisationTraces,
  virtualisation,
  virtualMachine,
} from "../../src/doctor/virtualisation.ts";

const BARE: VirtualisationTraces = {
  cpuinfo: "processor\t: 0\nflags\t\t: fpu vme sse2\n",
  firmware: "Dell Inc. PowerEdge R750",
  cgroup: "0::/init.scope\n",
  containerFiles: [],
};
const VIRTUAL = "flags\t\t: fpu vme hypervisor lahf_lm\n";

it("a bare machine is neither", () => {
  expect(virtualMachine(BARE)).toBeUndefined();
  expect(container(BARE)).toBeUndefined();
  expect(virtualisation(BARE).map(({ status }) => status)).toEqual(["ok", "ok"]);
});

it.each([
  ["the flag", { cpuinfo: VIRTUAL }, "hypervisor flag"],
  ["the flag, and the firmware's name", { cpuinfo: VIRTUAL, firmware: "QEMU Standard PC" }, "QEMU"],
  [
    "the firmware, where the CPU has no flags",
    { cpuinfo: "processor: 0\n", firmware: "Microsoft Virtual Machine" },
    "Virtual Machine",
  ],
])("a virtual machine is known by %s", (_, traces, words) => {
  expect(virtualMachine({ ...BARE, ...traces })).toContain(words);
});

it("bare metal of a cloud is no virtual machine", () => {
  expect(virtualMachine({ ...BARE, firmware: "Amazon EC2 m5.metal" })).toBeUndefined();
});

it.each([
  [{ containerFiles: ["/.dockerenv"] }, "/.dockerenv"],
  [{ cgroup: "0::/kubepods.slice/kubepods-burstable.slice\n" }, "kubepods"],
  [{ cgroup: "12:cpu:/docker/0123\n" }, "docker"],
])("a container is known by %j", (traces, words) => {
  expect(container({ ...BARE, ...traces })).toContain(words);
  expect(virtualisation({ ...BARE, ...traces })[1]).toMatchObject({
    status: "attention",
    fix: expect.stringContaining("PERFMON"),
  });
});

it("what cannot be read is unknown, not bare", () => {
  expect(virtualisation({ ...BARE, cpuinfo: undefined, firmware: undefined })[0]?.status).toBe("unknown");
});
