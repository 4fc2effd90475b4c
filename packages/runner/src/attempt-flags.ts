import type { Quantity } from "@ea/energy";
import type { AttemptJson, Flag } from "@ea/records";
import type { EndedTree } from "./end-tree.ts";
import type { CommandExit } from "./supervise.ts";

/** The 11 metrics have no room to say so: their reader has to know that a number is not the energy of the whole run. */
export function partialFlags(quantities: readonly Quantity[]): readonly Flag[] {
  return quantities
    .filter(({ quality }) => quality === "partial")
    .map(({ name, device, reason, coverage, value }) => ({
      code: "energy-partial",
      severity: "error",
      message: `${name}${device === undefined ? "" : ` of ${device}`} is not the energy of the whole run: ${reason ?? ""}`,
      evidence: { name, device: device ?? null, value, coverage: coverage ?? null },
    }));
}

/** Processes that a training did not end itself may have taken energy from it, and will from the next one. */
export function leftoverFlags({ ended, survivors }: EndedTree, { endedBy }: CommandExit): readonly Flag[] {
  if (survivors.length > 0) {
    const message = `${survivors.length} processes of the training survived SIGKILL`;
    return [{ code: "survivors", severity: "error", message, evidence: { pids: [...survivors] } }];
  }
  if (ended === 0 || endedBy !== undefined) return [];
  const message = `${ended} processes outlived the training and were ended`;
  return [{ code: "leftover-processes", severity: "warning", message, evidence: { processes: ended } }];
}

/** Energy of an attempt whose `ea` was killed: it is of a part of the attempt, whatever its meter says. */
export function unseenFlags(energy: AttemptJson["energy"]): readonly Flag[] {
  return energy
    .filter(({ value }) => value !== null)
    .map(({ name, device, value }) => {
      const message = `${name}${device === null ? "" : ` of ${device}`} ends with the last interval before ea was killed`;
      return { code: "energy-partial", severity: "error", message, evidence: { name, device, value } };
    });
}
