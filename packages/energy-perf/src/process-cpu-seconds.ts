import { readFile } from "node:fs/promises";

/** Linux counts CPU time in hundredths of a second for user space, whatever the kernel was built with (man 5 proc). */
const TICKS_PER_SECOND = 100;

/** User plus system CPU seconds of a live process; `undefined` when it is gone. */
export async function processCpuSeconds(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  // The command name may hold spaces and parentheses; the fields after its last ")" are plain
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isFinite(ticks) ? ticks / TICKS_PER_SECOND : undefined;
}
