import { readStat, statFields, TICKS_PER_SECOND } from "./proc-stat.ts";

/** CPU seconds of all processes that this one has waited for, and of those that they waited for. */
export function childCpuSeconds(): number {
  const fields = statFields(readStat("self") ?? "");
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
