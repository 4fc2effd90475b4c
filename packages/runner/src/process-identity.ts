import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ClaimJson } from "@ea/records";
import { readStat, START_FIELD, statFields } from "./proc-stat.ts";

/** What tells a process from all others, also from a later one with the same pid, on disk as in a claim. */
export type ProcessIdentity = Pick<ClaimJson, "host" | "boot_id" | "pid_namespace" | "pid" | "process_start_ticks">;

/** This process. */
export function thisProcess(): ProcessIdentity {
  const ticks = startTicks(process.pid);
  if (ticks === undefined) throw new Error("expected /proc to know this process");
  const bootId = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return {
    host: hostname(),
    boot_id: bootId,
    pid_namespace: pidNamespace(),
    pid: process.pid,
    process_start_ticks: ticks,
  };
}

/**
 * Whether a process still lives; `undefined` when that cannot be seen from here: it is another host's, or it has another
 * namespace of process ids, as a container has.
 */
export function isAlive(process: ProcessIdentity, here: ProcessIdentity): boolean | undefined {
  if (process.host !== here.host) return undefined;
  if (process.boot_id !== here.boot_id) return false; // the host has started anew since
  if (process.pid_namespace !== here.pid_namespace) return undefined;
  return startTicks(process.pid) === process.process_start_ticks;
}

/** Start of a process in clock ticks since the kernel's; `undefined` when it is gone or only a zombie. */
export function startTicks(pid: number): string | undefined {
  const stat = readStat(pid);
  if (stat === undefined) return undefined;
  const fields = statFields(stat);
  return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[START_FIELD];
}

function pidNamespace(): string {
  return readlinkSync("/proc/self/ns/pid");
}
