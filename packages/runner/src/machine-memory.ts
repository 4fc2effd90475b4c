import type { DeviceState } from "@ea/energy";
import type { Flag } from "@ea/records";
import { currentGovernors } from "./governor.ts";

/** What the gate of one session remembers from look to look. */
export interface MachineMemory {
  /** Keys of conditions that it has waited for in vain, and that have not passed since. */
  readonly inVain: Set<string>;
  /** What of the settings of the machine has changed since the last look. */
  readonly changes: (states: readonly DeviceState[]) => Promise<readonly Flag[]>;
}

/** A memory that begins with the first look. */
export function machineMemory({ cpuDirectory }: { readonly cpuDirectory?: string | undefined } = {}): MachineMemory {
  let governors: string | undefined;
  const limits = new Map<string, number>();
  return {
    inVain: new Set(),
    async changes(states) {
      const flags: Flag[] = [];
      const now = (await currentGovernors(cpuDirectory)).join(", ");
      if (governors !== undefined && governors !== now) {
        const evidence = { before: governors, now };
        const message = `the CPU frequency governor was ${governors || "none"} for the run before, and is ${now || "none"} now`;
        flags.push({ code: "governor-changed", severity: "warning", message, evidence });
      }
      governors = now;
      for (const { device, powerLimitWatts } of states) {
        if (powerLimitWatts === undefined) continue;
        const before = limits.get(device);
        limits.set(device, powerLimitWatts);
        if (before === undefined || before === powerLimitWatts) continue;
        const evidence = { device, beforeWatts: before, nowWatts: powerLimitWatts };
        const message = `the power limit of ${device} was ${before} W for the run before, and is ${powerLimitWatts} W now`;
        flags.push({ code: "power-limit-changed", severity: "warning", message, evidence });
      }
      return flags;
    },
  };
}
