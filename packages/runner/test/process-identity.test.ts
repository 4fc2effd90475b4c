import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isAlive, type ProcessIdentity, thisProcess } from "../src/process-identity.ts";
import { newTag, startShell, until } from "./processes.ts";

const me = thisProcess();

test("this process lives, and has told all that tells it from others", () => {
  expect(isAlive(me, me)).toBe(true);
  expect(me).toMatchObject({ pid: process.pid, process_start_ticks: expect.stringMatching(/^\d+$/) });
});

test.each<[string, Partial<ProcessIdentity>, boolean | undefined]>([
  ["a pid that nobody has is gone", { pid: 2 ** 30 }, false],
  ["a pid that is used again is another process", { process_start_ticks: "1" }, false],
  ["what ran before the host started anew is gone", { boot_id: "another" }, false],
  ["of another host nothing is known", { host: "elsewhere", boot_id: "another" }, undefined],
  ["inside another namespace of pids nothing is known", { pid_namespace: "pid:[7]" }, undefined],
])("%s", (_, fields, lives) => {
  expect(isAlive({ ...me, ...fields }, me)).toBe(lives);
});

test("a zombie is gone", async () => {
  const shell = startShell("sleep 0.05 & echo $! > /dev/null; exec sleep 60", newTag());
  await once(shell, "spawn");
  const identity = { ...me, pid: shell.pid ?? 0, process_start_ticks: "" };
  // The child of a program that never waits: its parent became `sleep 60`
  const zombie = await zombieOf(shell.pid ?? 0);
  expect(isAlive({ ...identity, pid: zombie.pid, process_start_ticks: zombie.ticks }, me)).toBe(false);
});

async function zombieOf(parent: number): Promise<{ readonly pid: number; readonly ticks: string }> {
  let found: { readonly pid: number; readonly ticks: string } | undefined;
  await until("there is a zombie", () => {
    for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (fields[0] === "Z" && fields[1] === String(parent)) found = { pid: Number(name), ticks: fields[19] ?? "" };
      } catch (error) {
        if (!(error instanceof Error && "code" in error)) throw error;
      }
    }
    return found !== undefined;
  });
  if (!found) throw new Error("no zombie");
  return found;
}
