import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { machineConditions } from "../../src/doctor/conditions.ts";
import { readMachine } from "../../src/doctor/read-machine.ts";

/** A root directory with these files; those below `bin` are programs. */
async function root(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "ea-root-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
    if (name.startsWith("bin/")) await chmod(join(path, name), 0o755);
  }
  return path;
}

const program = (output: string): string => `#!/bin/sh\nprintf '${output}'\n`;

it("finds what a server tells", async () => {
  const path = await root({
    "proc/sys/kernel/perf_event_paranoid": "4\n",
    "proc/self/status": "CapEff:\t0000000000000000\n",
    "proc/cpuinfo": "flags\t: fpu\n",
    "proc/1/cgroup": "0::/init.scope\n",
    "sys/class/dmi/id/sys_vendor": "Dell Inc.\n",
    "sys/bus/event_source/devices/power/events/energy-pkg": "event=0x02\n",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "powersave\n",
    "sys/devices/system/cpu/cpu1/cpufreq/scaling_governor": "powersave\n",
    "sys/devices/system/cpu/cpuidle/current_driver": "none\n",
    "sys/devices/system/clocksource/clocksource0/current_clocksource": "hpet\n",
    "sys/bus/pci/devices/0000:01:00.0/class": "0x030200\n",
    "sys/bus/pci/devices/0000:01:00.0/vendor": "0x10de\n",
    "sys/bus/pci/devices/0000:02:00.0/class": "0x020000\n",
    "sys/bus/pci/devices/0000:02:00.0/vendor": "0x10de\n",
    "bin/timedatectl": program(String.raw`no\n`),
    "bin/nvidia-smi": program(String.raw`GPU-1, Disabled\n`),
    "bin/sh": program(""),
  });
  const facts = await readMachine({ PATH: join(path, "bin") }, path);
  expect(facts.gpu.pciVendors).toEqual(["0x10de\n"]);
  expect(facts.missingTools).toEqual(["prlimit", "grep", "cut", "sort", "sleep", "rmdir", "sed"]);
  const found = machineConditions(facts, []).map(({ name, status }) => `${name}: ${status}`);
  expect(found).toEqual([
    "virtual machine: ok",
    "container: ok",
    "RAPL events: ok",
    "perf permission: attention",
    "GPU driver: ok",
    "GPU persistence: attention",
    "CPU governor: attention",
    "clock source: attention",
    "clock synchronised: attention",
    "watchdog: attention",
  ]);
});

it("finds nothing in an empty root, and says so", async () => {
  const path = await root({});
  const facts = await readMachine({ PATH: join(path, "bin") }, path);
  const known = machineConditions(facts, []).filter(({ status }) => status !== "unknown");
  expect(known.map(({ name, status }) => `${name}: ${status}`)).toEqual([
    "container: ok",
    "RAPL events: attention",
    "GPU driver: ok",
    "watchdog: attention",
  ]);
});

it("sees the marks of a container", async () => {
  const path = await root({ "run/.containerenv": "" });
  const facts = await readMachine({}, path);
  expect(facts.virtualisation.containerFiles).toEqual(["/run/.containerenv"]);
});
