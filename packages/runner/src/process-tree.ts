import { readdirSync, readFileSync } from "node:fs";
import { birthmarkOf } from "./birthmark.ts";
import { readStat, START_FIELD, statFields } from "./proc-stat.ts";
import type { TrainingCgroup } from "./training-cgroup.ts";

/** A live process, as `/proc` tells it. */
interface LiveProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In clock ticks since the kernel's start. */
  readonly startTicks: number;
}

/** Which processes belong to an attempt. */
export interface TreeIdentity {
  /** Process id of the training, which leads its own session and group. */
  readonly leader: number;
  /** Environment entry, such as `EARUN_ATTEMPT=…`, that every process of the attempt inherits. */
  readonly tag: string;
  /** Resource limit that every process of the attempt inherits; `undefined` where it could not be set. */
  readonly mark?: number | undefined;
  /** Control group that every process of the attempt is in; `undefined` where there is none. */
  readonly cgroup?: Pick<TrainingCgroup, "pids" | "kill"> | undefined;
  /** When the leader started, in clock ticks since the kernel's start: no process of the attempt is older. */
  readonly sinceTicks?: number | undefined;
}

/**
 * Every live process of an attempt: in its control group, of the leader's session or group, with the attempt's tag in its
 * environment or its mark among its limits, or descended from one of these. Without group and mark, a daemon that left the session and cleared its
 * environment after its parent had ended cannot be told apart from a stranger.
 */
export function processTree({ leader, tag, mark, cgroup, sinceTicks = 0 }: TreeIdentity): readonly number[] {
  const grouped = new Set(cgroup?.pids());
  const live = liveProcesses();
  const isOurs = ({ pid, group, session, startTicks }: LiveProcess): boolean =>
    grouped.has(pid) ||
    (startTicks >= sinceTicks &&
      ([pid, group, session].includes(leader) ||
        hasTag(pid, tag) ||
        (mark !== undefined && birthmarkOf(pid) === mark)));
  const ours = new Set(live.filter(isOurs).map(({ pid }) => pid));
  ours.delete(process.pid);
  for (let size = -1; size !== ours.size; ) {
    size = ours.size;
    for (const { pid, parent } of live) if (ours.has(parent)) ours.add(pid);
  }
  return [...ours];
}

/** All processes that are neither zombies nor dead. */
function liveProcesses(): readonly LiveProcess[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = readStat(name);
    if (stat === undefined) return [];
    const fields = statFields(stat);
    const [state, parent, group, session] = fields;
    if (state === "Z" || state === "X") return [];
    const ids = { pid: Number(name), parent: Number(parent), group: Number(group), session: Number(session) };
    return [{ ...ids, startTicks: Number(fields[START_FIELD]) }];
  });
}

function hasTag(pid: number, tag: string): boolean {
  const environment = readOrUndefined(`/proc/${pid}/environ`)?.toString("latin1");
  return environment?.split("\0").includes(tag) ?? false;
}

/** Processes end, and belong to others, while we look. */
function readOrUndefined(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
