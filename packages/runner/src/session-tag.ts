import { randomUUID } from "node:crypto";
import { startTicks, thisProcess } from "./process-identity.ts";

/** A tag for the processes of this process: unique, and it tells whose they are. */
export function newSessionTag(): string {
  const { pid, process_start_ticks: ticks } = thisProcess();
  return `${pid}.${ticks}.${randomUUID()}`;
}

/**
 * Whether the process that drew a tag still lives, as far as this namespace of process ids goes; `undefined` for a tag of
 * another form.
 */
export function isOwnerAlive(tag: string): boolean | undefined {
  const [, pid, ticks] = /^(\d+)\.(\d+)\.[0-9a-f-]{36}$/.exec(tag) ?? [];
  return pid === undefined ? undefined : startTicks(Number(pid)) === ticks;
}
