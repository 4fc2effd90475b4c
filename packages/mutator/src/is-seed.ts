import type { Parameter } from "./parameter.ts";

/** Whether a parameter is a training seed: an axis of replication, never drawn and never part of a key. */
export function isSeed(name: string, parameter: Parameter): boolean {
  return parameter.role === "seed" || (parameter.role === undefined && name === "seed");
}
