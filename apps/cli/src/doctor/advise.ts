import type { SourceState } from "@ea/energy";
import type { MachineFacts } from "./read-machine.ts";
import { CONTAINER_FIX, container, virtualMachine } from "./virtualisation.ts";

/** No counter, or one that does not move: nothing that a permission changes. */
const NO_COUNTER = /no RAPL|no joules|no directory|no counter in|counter did not move/;

/** What helps, by the words of the reason; the first that fits. */
const FIXES: readonly (readonly [words: RegExp, fix: string])[] = [
  [/perf not found for kernel/i, "sudo apt-get install linux-tools-$(uname -r)"],
  [/version mismatch/i, "sudo reboot (the driver was updated, the old one is still loaded)"],
  [/couldn't communicate with the NVIDIA driver/i, "sudo modprobe nvidia"],
];

/** A source as its meter sees it, with a better reason and fix where the machine explains more than the meter knows. */
export function advise(source: SourceState, facts: MachineFacts): SourceState {
  if (source.status === "ready") return source;
  const { reason = "unknown", fix } = source;
  const machine = virtualMachine(facts.virtualisation);
  const box = container(facts.virtualisation);
  if (NO_COUNTER.test(reason)) {
    if (machine !== undefined)
      return {
        ...source,
        reason: `${reason}; this is a virtual machine (${machine})`,
        fix: "measure on the host of the virtual machine",
      };
    const module = source.name === "powercap" ? "intel_rapl_msr" : "rapl";
    return { ...source, fix: fix ?? (box === undefined ? `sudo modprobe ${module}` : CONTAINER_FIX) };
  }
  if (/perf_event_paranoid/.test(reason)) {
    const level = facts.paranoid?.trim();
    const told = level === undefined ? reason : `${reason}: it is ${level}`;
    return { ...source, reason: told, fix: box === undefined ? fix : CONTAINER_FIX };
  }
  const known = FIXES.find(([words]) => words.test(reason))?.[1];
  return { ...source, fix: known ?? fix };
}
