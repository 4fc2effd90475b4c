import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { setGovernor } from "../src/governor.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const file = (cpus: string, cpu: number): string => join(cpus, `cpu${cpu}/cpufreq/scaling_governor`);
const governors = (cpus: string) =>
  Promise.all([0, 1].map(async (cpu) => (await readFile(file(cpus, cpu), "utf8")).trim()));

async function twoCpus(): Promise<string> {
  const cpus = await temporaryDirectory();
  await put(file(cpus, 0), "powersave\n");
  await put(file(cpus, 1), "ondemand\n");
  await put(join(cpus, "cpufreq/scaling_governor"), "not a CPU\n");
  await put(join(cpus, "online"), "0-1\n");
  return cpus;
}

/** A file that not even root can write: the kernel's own. */
async function makeUnwritable(path: string): Promise<void> {
  await rm(path);
  await symlink("/proc/version", path);
}

test("it is set on every CPU, and each gets its own back", async () => {
  const cpus = await twoCpus();
  const state = await setGovernor("performance", { cpuDirectory: cpus });
  expect(state).toMatchObject({ requested: "performance", during: "performance", problem: undefined });
  expect(["powersave", "ondemand"]).toContain(state.before);
  expect(await governors(cpus)).toEqual(["performance", "performance"]);
  await state.restore();
  expect(await governors(cpus)).toEqual(["powersave", "ondemand"]);
  expect(await readFile(join(cpus, "cpufreq/scaling_governor"), "utf8")).toBe("not a CPU\n");
});

test("it is only looked at when none is requested", async () => {
  const cpus = await twoCpus();
  const state = await setGovernor(undefined, { cpuDirectory: cpus });
  expect(state).toMatchObject({ requested: undefined, problem: undefined });
  expect(state.during).toBe(state.before);
  await state.restore();
  expect(await governors(cpus)).toEqual(["powersave", "ondemand"]);
});

test("without permission the problem names the command that helps, and there is nothing to restore", async () => {
  const cpus = await twoCpus();
  for (const cpu of [0, 1]) await makeUnwritable(file(cpus, cpu));
  const state = await setGovernor("performance", { cpuDirectory: cpus });
  expect(state.problem).toMatch(
    /governor performance: not set on every CPU \(.+\); try: sudo cpupower frequency-set -g performance$/,
  );
  expect(state.during).toBe(state.before);
  await expect(state.restore()).resolves.toBeUndefined();
});

test("when one CPU refuses, the others are restored", async () => {
  const cpus = await twoCpus();
  const state = await setGovernor("performance", { cpuDirectory: cpus });
  await rm(file(cpus, 0));
  await mkdir(file(cpus, 0));
  await expect(state.restore()).rejects.toThrow("EISDIR");
  expect(await readFile(file(cpus, 1), "utf8")).toBe("ondemand");
});

test("a kernel without governors is a problem only when one is requested", async () => {
  const cpus = await temporaryDirectory();
  await mkdir(join(cpus, "cpu0"));
  expect(await setGovernor("performance", { cpuDirectory: cpus })).toMatchObject({
    before: undefined,
    during: undefined,
    problem: "governor performance: not set, this kernel has no CPU frequency governor (a virtual machine?)",
  });
  expect((await setGovernor(undefined, { cpuDirectory: join(cpus, "nothing") })).problem).toBeUndefined();
});
