import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { LEFTOVER_GRACE_SECONDS } from "./defaults.ts";
import { type EndedTree, endProcesses } from "./end-tree.ts";
import { readStat, START_FIELD, statFields, TICKS_PER_SECOND } from "./proc-stat.ts";
import { isOwnerAlive } from "./session-tag.ts";
import { remainingCgroups, sessionTagOf } from "./training-cgroup.ts";

/** A process of this user that an `ea` has left running, which is gone itself. */
export interface Orphan {
  readonly pid: number;
  /** Directory of its session; `undefined` where it is a meter's, or has cleared its environment. */
  readonly session: string | undefined;
  readonly ageSeconds: number;
  /** Its command line. */
  readonly command: string;
}

/**
 * Everything of this user that carries the tag of an `ea` which has ended, or is in a control group of one. Those whose `ea`
 * lives, of other users and of other containers are not among them.
 */
export function findOrphans(): readonly Orphan[] {
  const grouped = remainingCgroups()
    .filter((group) => isOwnerAlive(sessionTagOf(group)) === false)
    .flatMap((group) => group.pids());
  const tagged = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && orphanOwner(Number(name)) !== undefined);
  const pids = new Set([...grouped, ...tagged.map(Number)]);
  return [...pids].filter(isOurs).flatMap((pid) => describe(pid) ?? []);
}

/** The tag of the `ea` that has left a process behind; `undefined` for all other processes. */
export function orphanOwner(pid: number): string | undefined {
  const tag = variable(pid, "EARUN_SESSION");
  return tag !== undefined && isOurs(pid) && isOwnerAlive(tag) === false ? tag : undefined;
}

/** Ends all orphans: SIGTERM, two seconds, SIGKILL; their control groups go. */
export async function endOrphans(): Promise<EndedTree> {
  const look = (): readonly number[] => findOrphans().map(({ pid }) => pid);
  const ended = await endProcesses(look, { graceSeconds: LEFTOVER_GRACE_SECONDS });
  for (const group of remainingCgroups()) {
    if (isOwnerAlive(sessionTagOf(group)) === false) await group.remove();
  }
  return ended;
}

/** Of this user, and in this namespace of process ids: only there does a number name the same process. */
function isOurs(pid: number): boolean {
  try {
    const isMine = statSync(`/proc/${pid}`).uid === process.getuid?.();
    return isMine && pid !== process.pid && readlinkSync(`/proc/${pid}/ns/pid`) === readlinkSync("/proc/self/ns/pid");
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}

function describe(pid: number): Orphan | undefined {
  const fields = statFields(readStat(pid) ?? "");
  const [state] = fields;
  const ticks = Number(fields[START_FIELD]);
  if (state === undefined || state === "Z" || state === "X" || Number.isNaN(ticks)) return undefined;
  const [uptime = "0"] = readFileSync("/proc/uptime", "latin1").split(" ");
  return {
    pid,
    session: variable(pid, "EARUN_SESSION_DIRECTORY"),
    ageSeconds: Math.max(0, Number(uptime) - ticks / TICKS_PER_SECOND),
    command: (read(pid, "cmdline") ?? "").replaceAll("\0", " ").trim(),
  };
}

function variable(pid: number, name: string): string | undefined {
  const entry = read(pid, "environ")
    ?.split("\0")
    .find((each) => each.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

function read(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
