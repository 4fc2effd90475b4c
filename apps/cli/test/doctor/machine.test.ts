import { describe, expect, it } from "vitest";
import { cpuGovernor } from "../../src/doctor/cpu-governor.ts";
import { gpuSetup } from "../../src/doctor/gpu-setup.ts";
import { raplEvents } from "../../src/doctor/rapl-events.ts";
import { systemClock } from "../../src/doctor/system-clock.ts";
import { watchdogTools } from "../../src/doctor/watchdog-tools.ts";

describe("the governor", () => {
  it.each([
    [[], "unknown", undefined],
    [["performance\n", "performance\n"], "ok", undefined],
    [["powersave\n", "powersave\n"], "attention", "sudo cpupower frequency-set -g performance"],
    [["performance\n", "powersave\n"], "attention", "sudo cpupower frequency-set -g performance"],
  ])("%j is %s", (governors, status, fix) => {
    expect(cpuGovernor(governors)).toMatchObject({ status, ...(fix !== undefined && { fix }) });
  });
});

describe("the clock", () => {
  it.each([
    ["tsc\n", "yes\n", "ok", "ok"],
    ["kvm-clock", "no", "ok", "attention"],
    ["hpet\n", undefined, "attention", "unknown"],
    [undefined, "", "unknown", "unknown"],
  ])("%j, synchronised %j: %s, %s", (source, synchronised, first, second) => {
    expect(systemClock(source, synchronised).map(({ status }) => status)).toEqual([first, second]);
  });

  it("that is not synchronised has a command that helps", () => {
    expect(systemClock("tsc", "no")[1]?.fix).toBe("sudo timedatectl set-ntp true");
  });
});

describe("RAPL", () => {
  it("events are there", () => {
    expect(raplEvents(["energy-ram", "energy-pkg", "energy-pkg.scale"], false)).toEqual({
      name: "RAPL events",
      status: "ok",
      finding: "energy-pkg, energy-ram",
    });
  });

  it("events are missing: the module, or the host of a virtual machine", () => {
    expect(raplEvents([], false)).toMatchObject({ status: "attention", fix: "sudo modprobe rapl" });
    expect(raplEvents([], true)).toMatchObject({ fix: "measure on the host of the virtual machine" });
    expect(raplEvents(["energy-psys"], true)).toMatchObject({
      status: "attention",
      finding: "energy-psys, but no energy-pkg",
    });
  });
});

describe("the GPU", () => {
  const gpu = { pciVendors: ["0x10de\n"], hasNvidiaSmi: true, persistence: "GPU-1, Enabled\nGPU-2, Enabled\n" };

  it("with driver and persistence mode is well", () => {
    expect(gpuSetup(gpu).map(({ status }) => status)).toEqual(["ok", "ok"]);
  });

  it("without a driver is named", () => {
    expect(gpuSetup({ ...gpu, hasNvidiaSmi: false })).toMatchObject([
      { name: "GPU driver", status: "attention", fix: expect.stringContaining("nvidia-driver") },
    ]);
  });

  it("is not missed where there is none", () => {
    expect(gpuSetup({ pciVendors: ["0x1002\n"], hasNvidiaSmi: false, persistence: undefined })).toMatchObject([
      { status: "ok" },
    ]);
  });

  it("without persistence mode has the command", () => {
    expect(gpuSetup({ ...gpu, persistence: "GPU-1, Enabled\nGPU-2, Disabled\n" })[1]).toMatchObject({
      status: "attention",
      finding: expect.stringContaining("off on 1 GPU:"),
      fix: "sudo nvidia-smi -pm 1",
    });
  });

  it.each([undefined, "", "[N/A]\n", "No devices were found\n"])("that tells %j is unknown", (persistence) => {
    expect(gpuSetup({ ...gpu, persistence })[1]).toMatchObject({ status: "unknown" });
  });
});

it("the watchdog misses what it needs", () => {
  expect(watchdogTools([]).status).toBe("ok");
  expect(watchdogTools(["prlimit", "cut", "sort"])).toMatchObject({
    status: "attention",
    fix: "sudo apt-get install util-linux coreutils",
  });
});
