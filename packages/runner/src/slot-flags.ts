import type { Flag } from "@ea/records";
import type { Slot } from "./slot.ts";

/** That rows of other slots ran at the same time is as it was meant: no energy of the host is given, and GPUs are apart. */
export function besideSlots(flag: Flag, { index, of }: Slot): Flag {
  const message = `ran in slot ${index} of ${of} beside rows of others on this host: energies of the host are not given, and sharing CPUs, memory and disks may have slowed it down`;
  return { ...flag, severity: "warning", message, evidence: { ...flag.evidence, slot: index, slots: of } };
}
