import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { processTree } from "../src/process-tree.ts";

const DEADLINE_MS = 30_000;

/** Waits for something that will happen; the deadline only ends a test that has failed. */
export async function until(what: string, isTrue: () => boolean): Promise<void> {
  for (const endMs = performance.now() + DEADLINE_MS; !isTrue(); await sleep(20)) {
    if (performance.now() > endMs) throw new Error(`waited in vain until ${what}`);
  }
}

/** Waits until a process has written this text to a file. */
export async function untilWritten(path: string, text = "ready"): Promise<void> {
  await until(`${path} holds ${text}`, () => existsSync(path) && readFileSync(path, "utf8").includes(text));
}

/** A tag that no other process has; what still carries it after the test is killed. */
export function newTag(name = "EARUN_ATTEMPT"): { readonly name: string; readonly value: string } {
  const tag = { name, value: randomUUID() };
  onTestFinished(() => {
    for (const pid of tagged(tag)) process.kill(pid, "SIGKILL");
  });
  return tag;
}

/** Live processes with a tag. */
export function tagged({ name, value }: { readonly name: string; readonly value: string }): readonly number[] {
  return processTree({ leader: -1, tag: `${name}=${value}` });
}

/** A shell that leads a session of its own, with the tag in its environment. */
export function startShell(script: string, tag: { readonly name: string; readonly value: string }): ChildProcess {
  const environment = { PATH: process.env["PATH"], [tag.name]: tag.value };
  return spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore", env: environment });
}
