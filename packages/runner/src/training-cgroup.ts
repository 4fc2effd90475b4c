import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type CgroupRoot, findCgroupRoot, groupsWithin, ourCgroups } from "./cgroup-root.ts";

const PREFIX = "ea-";
const PROCESSES = "cgroup.procs";
/** The kernel takes a moment to forget processes that were killed. */
const REMOVE_TRIES = 20;
const REMOVE_POLL_MS = 10;
const MICROSECONDS = 1e6;

/** A control group of its own for a training: whatever comes of it is in there, and nothing else. */
export interface TrainingCgroup {
  readonly path: string;
  /** Spawns a child that is in the group from its first instruction on. */
  readonly spawnInside: <Child>(spawnChild: () => Child) => Child;
  /** CPU seconds of all processes that were ever in it, to the microsecond; `undefined` where the kernel does not count. */
  readonly cpuSeconds: () => number | undefined;
  /** Processes in it now. */
  readonly pids: () => readonly number[];
  /** SIGKILL for all of them at once. */
  readonly kill: () => void;
  /** Removes the group when it is empty. Never rejects. */
  readonly remove: () => Promise<void>;
}

/**
 * Makes a group for the training with this tag below our own; `undefined` where we may not, or there are none: in a container,
 * in the login session of somebody who is not root, with version 1 alone.
 */
export function makeTrainingCgroup(tag: string, root = findCgroupRoot()): TrainingCgroup | undefined {
  if (root === undefined) return undefined;
  const path = join(root.own, `${PREFIX}${tag}`);
  try {
    accessSync(join(root.own, PROCESSES), constants.W_OK); // or there would be no way back
    mkdirSync(path);
    return openCgroup(path, root);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** Whether trainings get a group here, and if not, why. */
export function cgroupState(root = findCgroupRoot()): { readonly isUsable: boolean; readonly reason: string } {
  if (root === undefined) return { isUsable: false, reason: "no control groups of version 2 to be seen" };
  const group = makeTrainingCgroup(`probe.${process.pid}`, root);
  if (group === undefined) return { isUsable: false, reason: `may not make a group in ${root.own}` };
  const reason = group.spawnInside(() => group.pids().includes(process.pid)) ? "" : `may not move into ${group.path}`;
  rmdirSync(group.path);
  return { isUsable: reason === "", reason };
}

function openCgroup(path: string, root: CgroupRoot): TrainingCgroup {
  /** What this process itself used while it was in there. */
  let ownMicroseconds = 0;
  let isEntered = false;
  return {
    ...remainsAt(path),
    spawnInside: (spawnChild) => {
      const before = process.cpuUsage();
      isEntered = move(path);
      if (!isEntered) return spawnChild();
      const leave = (): void => {
        if (!move(root.own)) throw new Error(`could not go back to ${root.own}`);
        const { user, system } = process.cpuUsage(before);
        ownMicroseconds += user + system;
      };
      let child: ReturnType<typeof spawnChild>;
      try {
        child = spawnChild();
      } catch (error) {
        leave();
        throw error;
      }
      leave();
      return child;
    },
    cpuSeconds: () => {
      if (!isEntered) return undefined;
      const used = /^usage_usec (\d+)$/m.exec(readFileSync(join(path, "cpu.stat"), "utf8"))?.[1];
      return used === undefined ? undefined : Math.max(0, Number(used) - ownMicroseconds) / MICROSECONDS;
    },
  };
}

/** A group, whoever has made it. */
type CgroupRemains = Pick<TrainingCgroup, "path" | "pids" | "kill" | "remove">;

function remainsAt(path: string): CgroupRemains {
  return {
    path,
    // A training may have made groups of its own
    pids: () => [path, ...groupsWithin(path)].flatMap(linesOf).map(Number),
    kill: () => {
      try {
        writeFileSync(join(path, "cgroup.kill"), "1");
      } catch (error) {
        // Before Linux 5.14 there is no such file: its processes are then killed one by one
        if (!(error instanceof Error && "code" in error)) throw error;
      }
    },
    remove: async () => {
      for (let tries = 0; tries < REMOVE_TRIES; tries += 1) {
        try {
          for (const group of [...groupsWithin(path), path]) rmdirSync(group);
          return;
        } catch (error) {
          if (!(error instanceof Error && "code" in error)) throw error;
          if (error.code !== "EBUSY") return;
        }
        await sleep(REMOVE_POLL_MS);
      }
    },
  };
}

/** The groups that trainings of one `ea` have left, wherever it was; of every `ea` without its tag. */
export function remainingCgroups(sessionTag = "", root = findCgroupRoot()): readonly CgroupRemains[] {
  return root === undefined ? [] : ourCgroups(root.mount, `${PREFIX}${sessionTag}`).map(remainsAt);
}

/** The tag of the `ea` that has made a group. */
export function sessionTagOf({ path }: Pick<TrainingCgroup, "path">): string {
  const name = path.slice(path.lastIndexOf(`/${PREFIX}`) + PREFIX.length + 1);
  return name.replace(/\.\d+\.\d+$/, "");
}

/** Moves this process, with all its threads; false where that is not allowed. */
function move(path: string): boolean {
  try {
    writeFileSync(join(path, PROCESSES), "0");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(join(path, PROCESSES), "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch (error) {
    if (error instanceof Error && "code" in error) return []; // removed
    throw error;
  }
}
