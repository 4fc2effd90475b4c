import { readFileSync } from "node:fs";
import { statFields, TICKS_PER_SECOND } from "./proc-stat.ts";

/** CPU seconds of all processes that this one has waited for, and of those that they waited for. */
export function childCpuSeconds(): number {
  const fields = statFields(readFileSync("/proc/self/stat", "latin1"));
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
