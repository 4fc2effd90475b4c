import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { endOrphans, findOrphans } from "../src/orphans.ts";
import { isOwnerAlive, newSessionTag } from "../src/session-tag.ts";
import { until } from "./processes.ts";

/** A tag of a process that is gone. */
const goneTag = (): string => `${spawnSync("true").pid}.1.${randomUUID()}`;

/** A process that an `ea` with this tag has started. */
async function started(tag: string, fields: object = {}): Promise<ChildProcess & { readonly pid: number }> {
  const env = { PATH: process.env["PATH"], EARUN_SESSION: tag, EARUN_SESSION_DIRECTORY: "/results/mine" };
  const child = spawn("sleep", ["1000"], { stdio: "ignore", detached: true, env, ...fields });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined) throw new Error("expected a process");
  // Between fork and exec a child has the environment of its parent
  await until("it runs its program", () => readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("sleep"));
  return Object.assign(child, { pid });
}

const pids = (): readonly number[] => findOrphans().map(({ pid }) => pid);

test("a tag tells whether its ea lives", () => {
  expect(isOwnerAlive(newSessionTag())).toBe(true);
  expect(isOwnerAlive(goneTag())).toBe(false);
  expect(isOwnerAlive(newSessionTag().replace(/^(\d+)\.\d+/, "$1.7"))).toBe(false);
  expect(isOwnerAlive(randomUUID())).toBeUndefined();
});

test("what an ea that is gone has left is found, with its session, age and command", async () => {
  const { pid } = await started(goneTag());
  const found = findOrphans().find((orphan) => orphan.pid === pid);
  expect(found).toMatchObject({ session: "/results/mine", command: "sleep 1000" });
  expect(found?.ageSeconds).toBeGreaterThanOrEqual(0);
  expect(found?.ageSeconds).toBeLessThan(600);
});

test("it is ended on request; what has an ea that lives, and what has another kind of tag, is not", async () => {
  const orphan = await started(goneTag());
  const others = [await started(newSessionTag()), await started(randomUUID())];
  expect((await endOrphans()).survivors).toEqual([]);
  await until("it has ended", () => orphan.signalCode !== null);
  expect(others.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual([null, null]);
  for (const { pid } of others) expect(pids()).not.toContain(pid);
});

const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot)(`nor is that of another user${isRoot ? "" : " (skipped: not root)"}`, async () => {
  const { pid } = await started(goneTag(), { uid: 65_534, gid: 65_534 });
  expect(pids()).not.toContain(pid);
});
