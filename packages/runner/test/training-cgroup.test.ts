import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findCgroupRoot, ourCgroups } from "../src/cgroup-root.ts";
import { newSessionTag } from "../src/session-tag.ts";
import { superviseCommand } from "../src/supervise.ts";
import { cgroupState, makeTrainingCgroup, remainingCgroups, sessionTagOf } from "../src/training-cgroup.ts";
import { until } from "./processes.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const { isUsable, reason } = cgroupState();
const why = isUsable ? "" : ` (skipped: ${reason})`;

/** A daemon that has left session, group and parent, cleared its environment, closed its files and taken off its mark. */
const HIDDEN =
  "setsid -f env -i setsid -f sh -c 'prlimit --pid $$ --msgqueue=unlimited 2>/dev/null; trap \"\" TERM; exec sleep $0' </dev/null >/dev/null 2>&1";

/** A group, and a shell that is born in it. */
function born(script: string) {
  const tag = `${newSessionTag()}.0.1`;
  const group = makeTrainingCgroup(tag);
  if (!group) throw new Error("expected a group");
  onTestFinished(async () => {
    group.kill();
    await until("the group is empty", () => group.pids().length === 0);
    await group.remove();
  });
  const child = group.spawnInside((): ChildProcess => spawn("/bin/sh", ["-c", script], { stdio: "ignore" }));
  return { tag, group, child };
}

test.skipIf(!isUsable)(`what is born in a group stays there, whatever it leaves behind; we do not${why}`, async () => {
  const daemon = "setsid -f env -i /bin/sh -c 'trap \"\" TERM; exec sleep 1000' </dev/null >/dev/null 2>&1";
  const { group, child } = born(`cd /; ${daemon}; exec sleep 1000`);
  await until("both are there", () => group.pids().length === 2);
  expect(group.pids()).toContain(child.pid);
  expect(group.pids()).not.toContain(process.pid);
});

test.skipIf(!isUsable)(`one kill ends all of it, and the empty group goes${why}`, async () => {
  const { group } = born("trap '' TERM; sleep 1000 & sleep 1000 & wait");
  await until("all are there", () => group.pids().length === 3);
  await group.remove();
  expect(existsSync(group.path)).toBe(true);
  group.kill();
  await until("nothing lives", () => group.pids().length === 0);
  await group.remove();
  expect(existsSync(group.path)).toBe(false);
  expect(group.pids()).toEqual([]);
});

test.skipIf(!isUsable)(
  `the CPU time is that of all its processes, also of those that nobody waited for${why}`,
  async () => {
    const burn = "const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);";
    const { group, child } = born(`setsid '${process.execPath}' -e '${burn}' & exit 0`);
    await once(child, "exit");
    await until("it has ended", () => group.pids().length === 0);
    expect(group.cpuSeconds()).toBeGreaterThanOrEqual(0.29);
  },
);

test.skipIf(!isUsable)(`a training that is supervised has one, until it is swept${why}`, async () => {
  const value = `${newSessionTag()}.7.2`;
  let path: string | undefined;
  const exit = await superviseCommand({
    file: "/bin/sh",
    args: ["-c", `${HIDDEN} 10000000\n sleep 0.2`],
    workingDirectory: "/",
    environment: { PATH: process.env["PATH"] },
    tag: { name: "EARUN_ATTEMPT", value },
    stdio: ["ignore", "ignore", "ignore"],
    hasCgroup: true,
    onMark: ({ cgroup }) => {
      path = cgroup;
    },
  });
  expect(path).toMatch(new RegExp(`/ea-${value.replaceAll(".", "\\.")}$`));
  expect(exit.cpuSeconds).toBeLessThan(1);
  expect(await exit.sweep()).toEqual({ ended: 1, survivors: [] });
  expect(existsSync(path ?? "")).toBe(false);
});

test.skipIf(!isUsable)(`what an ea has left is found by its tag${why}`, () => {
  const { tag, group } = born("exec sleep 1000");
  const sessionTag = tag.replace(/\.0\.1$/, "");
  expect(sessionTagOf(group)).toBe(sessionTag);
  expect(remainingCgroups(sessionTag).map(({ path }) => path)).toEqual([group.path]);
  expect(remainingCgroups(newSessionTag())).toEqual([]);
});

test.skipIf(!isUsable)(`groups that a training makes inside of its own are part of it${why}`, async () => {
  const { group } = born("exec sleep 1000");
  mkdirSync(join(group.path, "inner"));
  const inner = spawn("sleep", ["1000"], { stdio: "ignore" });
  writeFileSync(join(group.path, "inner/cgroup.procs"), String(inner.pid));
  await until("both are there", () => group.pids().length === 2);
  group.kill();
  await until("nothing lives", () => group.pids().length === 0);
  await group.remove();
  expect(existsSync(group.path)).toBe(false);
});

test("where no group can be made, there is none", async () => {
  const directory = await temporaryDirectory();
  expect(makeTrainingCgroup("tag", { mount: "/nowhere", own: "/nowhere" })).toBeUndefined();
  expect(makeTrainingCgroup("tag", { mount: directory, own: directory })).toBeUndefined();
});

test.each([
  ["0::/user.slice/a b", "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw", "/sys/fs/cgroup/user.slice/a b"],
  ["1:cpu:/x\n0::/", "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw", "/sys/fs/cgroup/unified"],
  ["0::/", "30 23 0:26 / /sys/fs/cgroup ro shared:4 - cgroup2 cgroup rw", "/sys/fs/cgroup"],
  ["0::/a/b", "30 23 0:26 /a /sys/fs/cgroup rw - cgroup2 cgroup rw", "/sys/fs/cgroup/b"],
  ["0::/../b", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup rw", undefined],
  ["1:cpu:/x", "30 23 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu", undefined],
])("membership %j of %j is %s", async (membership, mountinfo, own) => {
  const procRoot = await temporaryDirectory();
  await put(join(procRoot, "self/cgroup"), `${membership}\n`);
  await put(join(procRoot, "self/mountinfo"), `22 1 8:1 / / rw - ext4 root rw\n${mountinfo}\n`);
  expect(findCgroupRoot(procRoot)?.own).toBe(own);
});

test("groups are found at any depth", async () => {
  const mount = await temporaryDirectory();
  await put(join(mount, "a/b/ea-1.2.x.0.1/cgroup.procs"), "");
  await put(join(mount, "ea-3.4.y.0.1/cgroup.procs"), "");
  expect(
    ourCgroups(mount, "ea-")
      .map((path) => path.slice(mount.length))
      .sort(),
  ).toEqual(["/a/b/ea-1.2.x.0.1", "/ea-3.4.y.0.1"]);
});
