import { execFile } from "node:child_process";
import { access, constants, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { GpuTraces } from "./gpu-setup.ts";
import type { VirtualisationTraces } from "./virtualisation.ts";
import { WATCHDOG_TOOLS } from "./watchdog-tools.ts";

/** A driver without persistence mode may need seconds to answer. */
const COMMAND_TIMEOUT_MS = 15_000;
const DISPLAY_CLASS = /^0x03/;

/** The machine as its files and programs tell it; what cannot be read is `undefined`. */
export interface MachineFacts {
  readonly paranoid: string | undefined;
  readonly status: string | undefined;
  readonly virtualisation: VirtualisationTraces;
  readonly powerEvents: readonly string[];
  readonly governors: readonly string[];
  readonly clockSource: string | undefined;
  readonly synchronised: string | undefined;
  readonly gpu: GpuTraces;
  readonly missingTools: readonly string[];
}

/** Reads what decides about measuring; changes nothing and needs no rights. @param root where `/proc` and `/sys` are. */
export async function readMachine(
  environment: Readonly<Record<string, string | undefined>>,
  root = "/",
): Promise<MachineFacts> {
  const text = (path: string): Promise<string | undefined> => readFile(join(root, path), "utf8").catch(() => undefined);
  const names = (path: string): Promise<readonly string[]> => readdir(join(root, path)).catch(() => []);
  const directories = (environment["PATH"] ?? "").split(":").filter((directory) => directory !== "");
  const firmware = await Promise.all(["sys_vendor", "product_name"].map((name) => text(`sys/class/dmi/id/${name}`)));
  const hasNvidiaSmi = await isProgram("nvidia-smi", directories);
  const tools = Object.keys(WATCHDOG_TOOLS);
  const found = await Promise.all(tools.map((tool) => isProgram(tool, directories)));
  return {
    paranoid: await text("proc/sys/kernel/perf_event_paranoid"),
    status: await text("proc/self/status"),
    virtualisation: {
      cpuinfo: await text("proc/cpuinfo"),
      firmware: firmware.filter((words) => words !== undefined).join(" "),
      cgroup: await text("proc/1/cgroup"),
      containerFiles: await existing(root, [".dockerenv", "run/.containerenv"]),
    },
    powerEvents: await names("sys/bus/event_source/devices/power/events"),
    governors: await governors(names, text),
    clockSource: await text("sys/devices/system/clocksource/clocksource0/current_clocksource"),
    synchronised: await output("timedatectl", ["show", "--property=NTPSynchronized", "--value"], environment),
    gpu: {
      pciVendors: await displayVendors(names, text),
      hasNvidiaSmi,
      persistence: hasNvidiaSmi
        ? await output("nvidia-smi", ["--query-gpu=uuid,persistence_mode", "--format=csv,noheader"], environment)
        : undefined,
    },
    missingTools: tools.filter((_, index) => found[index] !== true),
  };
}

type ReadText = (path: string) => Promise<string | undefined>;
type ReadNames = (path: string) => Promise<readonly string[]>;

async function governors(names: ReadNames, text: ReadText): Promise<readonly string[]> {
  const cpus = (await names("sys/devices/system/cpu")).filter((name) => /^cpu\d+$/.test(name));
  const found = await Promise.all(cpus.map((cpu) => text(`sys/devices/system/cpu/${cpu}/cpufreq/scaling_governor`)));
  return found.filter((governor) => governor !== undefined);
}

async function displayVendors(names: ReadNames, text: ReadText): Promise<readonly string[]> {
  const devices = (await names("sys/bus/pci/devices")).map((name) => `sys/bus/pci/devices/${name}`);
  const vendors = await Promise.all(
    devices.map(async (device) => {
      const kind = await text(`${device}/class`);
      return kind !== undefined && DISPLAY_CLASS.test(kind) ? text(`${device}/vendor`) : undefined;
    }),
  );
  return vendors.filter((vendor) => vendor !== undefined);
}

async function existing(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => isAllowed(join(root, path), constants.F_OK)));
  return paths.filter((_, index) => found[index]).map((path) => `/${path}`);
}

async function isProgram(name: string, directories: readonly string[]): Promise<boolean> {
  const found = await Promise.all(directories.map((directory) => isAllowed(join(directory, name), constants.X_OK)));
  return found.includes(true);
}

function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** What a program prints, when it ends with 0 in time. */
function output(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const options = { env: { ...environment, LC_ALL: "C" }, timeout: COMMAND_TIMEOUT_MS, killSignal: "SIGKILL" } as const;
  return new Promise((resolve) => {
    execFile(file, args, options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}
