import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPowercap, probePowercap } from "../src/probe-powercap.ts";
import { asAnotherUser, UNREADABLE } from "./another-user.ts";
import { useFakePowercap } from "./fake-powercap.ts";

const fake = useFakePowercap();
const probe = (): ReturnType<typeof probePowercap> => probePowercap(fake.root());

test("ready: what it provides is what moves", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  fake.add("intel-rapl:0:0", { name: "core" });
  fake.add("intel-rapl:0:1", { name: "dram" });
  fake.add("intel-rapl:1", { name: "psys" });
  fake.run({ "intel-rapl:0": 20, "intel-rapl:0:0": 15, "intel-rapl:1": 40 });
  const capability = await probe();
  expect(capability).toMatchObject({ status: "ready", reason: undefined, fix: undefined });
  expect(capability.provides).toEqual(["cpu_package", "cpu_psys"]);
  expect(capability.zones.map(({ id }) => id)).toEqual(["intel-rapl:0", "intel-rapl:0:1", "intel-rapl:1"]);
});

test("no directory at all is absent", async () => {
  rmSync(fake.root(), { recursive: true });
  expect(await probe()).toMatchObject({ status: "absent", fix: undefined, provides: [] });
  expect((await probe()).reason).toMatch(/^no directory .*: a virtual machine, or a kernel without powercap$/);
});

test("a directory without RAPL zones is absent", async () => {
  mkdirSync(join(fake.root(), "intel-rapl"));
  mkdirSync(join(fake.root(), "dtpm"));
  expect((await probe()).reason).toMatch(/^no RAPL zone in .*: a virtual machine, or the driver intel_rapl_msr is not/);
});

test("zones that nobody wants to meter are absent", async () => {
  fake.add("intel-rapl:0", { name: "core" });
  expect(await probe()).toMatchObject({
    status: "absent",
    reason: expect.stringContaining("no package, DRAM or platform"),
  });
});

test("counters that all stand still are absent, as in some virtual machines", async () => {
  fake.add("intel-rapl:0", { name: "package-0", microjoules: 0 });
  expect(await probe()).toMatchObject({ status: "absent", reason: `no counter in ${fake.root()} moves`, provides: [] });
});

test("zones that are hidden from a container are unreadable", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  rmSync(join(fake.path("intel-rapl:0"), "..", ".."), { recursive: true });
  expect(await probe()).toMatchObject({ status: "unreadable", fix: expect.stringContaining("systempaths=unconfined") });
});

test("what root alone may read is unreadable, and the command that helps does help", () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  fake.add("intel-rapl:0:0", { name: "dram" });
  mkdirSync(join(fake.root(), "intel-rapl"));
  const files = ["intel-rapl:0", "intel-rapl:0:0"].map((id) => fake.path(id, "energy_uj"));
  for (const file of files) chmodSync(file, UNREADABLE);
  const capability = asAnotherUser(fake.path("intel-rapl:0"), () => findPowercap(fake.root()));
  expect(capability).toMatchObject({
    status: "unreadable",
    fix: `sudo chmod a+r ${fake.root()}/intel-rapl*/energy_uj`,
  });
  expect(capability.reason).toContain("CVE-2020-8694");

  execFileSync("/bin/sh", ["-c", (capability.fix ?? "").replace("sudo ", "")]);
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o444, 0o444]);
  expect(asAnotherUser(fake.path("intel-rapl:0"), () => findPowercap(fake.root()))).toMatchObject({
    status: "ready",
  });
});

test("any other failure is told as it is", async () => {
  fake.add("intel-rapl:0", { name: "package-0" });
  rmSync(fake.path("intel-rapl:0", "energy_uj"));
  mkdirSync(fake.path("intel-rapl:0", "energy_uj"));
  const reason = "intel-rapl:0 could not be read (EISDIR)";
  expect(await probe()).toMatchObject({ status: "unreadable", reason, fix: undefined });
});

test.each(["", "\n", "n/a\n", "-1\n", "1e9\n", "12 13\n", "9".repeat(16)])("%j is no counter", async (text) => {
  fake.add("intel-rapl:0", { name: "package-0" });
  writeFileSync(fake.path("intel-rapl:0", "energy_uj"), text);
  expect((await probe()).reason).toBe(`intel-rapl:0 holds ${JSON.stringify(text)}, no number`);
});

test("a range that is none is not known", () => {
  fake.add("intel-rapl:0", { name: "package-0", range: undefined });
  fake.add("intel-rapl:1", { name: "package-1" });
  writeFileSync(fake.path("intel-rapl:1", "max_energy_range_uj"), "\n");
  expect(findPowercap(fake.root()).zones.map(({ rangeMicrojoules }) => rangeMicrojoules)).toEqual([
    undefined,
    undefined,
  ]);
});
