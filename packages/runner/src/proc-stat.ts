import { closeSync, openSync, readSync } from "node:fs";

/** Linux counts CPU time in hundredths of a second for user space (man 5 proc). */
export const TICKS_PER_SECOND = 100;

/** Among the fields: when the process started, in clock ticks since the kernel's start. */
export const START_FIELD = 19;

/** A line of `stat` is shorter. One buffer for all: node takes 64 KiB anew for each file whose size it cannot know. */
const buffer = Buffer.alloc(4096);

/** Reads `/proc/PID/stat`; `undefined` when the process is gone. */
export function readStat(pid: number | string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(`/proc/${pid}/stat`, "r");
    return buffer.toString("latin1", 0, readSync(file, buffer));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return undefined;
    throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The fields of `/proc/PID/stat` from the third on, the state: a command's name may hold spaces and parentheses. */
export function statFields(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}
