import { readFileSync } from "node:fs";

/** Linux counts CPU time in hundredths of a second for user space (man 5 proc). */
const TICKS_PER_SECOND = 100;

/** CPU seconds of all processes that this one has waited for, and of those that they waited for. */
export function childCpuSeconds(): number {
  const stat = readFileSync("/proc/self/stat", "latin1");
  // The command name may hold spaces and parentheses; the fields after its last ")" are plain
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
