import { setTimeout as sleep } from "node:timers/promises";
import { type PowercapZone, powercapZones } from "./powercap-zones.ts";
import { listPowercap, readSweep } from "./read-powercap.ts";

/** Longer than any RAPL counter stands still. */
const PROBE_MS = 150;

/** What powercap can measure here. */
export interface PowercapCapability {
  /** All zones to meter, whether they can be read or not. */
  readonly zones: readonly PowercapZone[];
  /** Names of the quantities whose counters were seen to move, when that was looked for. */
  readonly provides: readonly string[];
  readonly status: "ready" | "unreadable" | "absent";
  readonly reason: string | undefined;
  readonly fix: string | undefined;
}

/** Reads every counter twice: only one that moves counts something. */
export async function probePowercap(root: string): Promise<PowercapCapability> {
  const found = findPowercap(root);
  if (found.status !== "ready") return found;
  const first = readSweep(root, found.zones, 0);
  await sleep(PROBE_MS);
  const second = readSweep(root, found.zones, 0);
  const moving = found.zones.filter(({ id }) => {
    const [before, after] = [first.get(id)?.microjoules, second.get(id)?.microjoules];
    return before !== undefined && after !== undefined && before !== after;
  });
  if (moving.length === 0) return missing("absent", `no counter in ${root} moves`, undefined, found.zones);
  return { ...found, provides: [...new Set(moving.map(({ domain }) => domain.quantity))] };
}

/** The zones, and whether any of them can be read, as it stands at this moment. */
export function findPowercap(root: string): PowercapCapability {
  const entries = listPowercap(root);
  if (!entries) return missing("absent", `no directory ${root}: a virtual machine, or a kernel without powercap`);
  if (entries.length === 0) {
    return missing("absent", `no RAPL zone in ${root}: a virtual machine, or the driver intel_rapl_msr is not loaded`);
  }
  if (entries.every(({ name }) => name === undefined)) {
    return missing(
      "unreadable",
      `the zones in ${root} are hidden from this container`,
      "docker run --security-opt systempaths=unconfined …",
    );
  }
  const zones = powercapZones(entries);
  if (zones.length === 0) return missing("absent", `no package, DRAM or platform among the zones in ${root}`);
  const readings = [...readSweep(root, zones, 0).values()];
  if (readings.some(({ microjoules }) => microjoules !== undefined)) {
    return { zones, provides: [], status: "ready", reason: undefined, fix: undefined };
  }
  const [failure = ""] = readings.map((reading) => reading.failure);
  // Only root may read them since 2020: their values tell what other processes compute
  return /\((?:EACCES|EPERM)\)/.test(failure)
    ? missing(
        "unreadable",
        "only root may read energy_uj, as Linux has it since CVE-2020-8694 (PLATYPUS)",
        `sudo chmod a+r ${root}/intel-rapl*/energy_uj`,
        zones,
      )
    : missing("unreadable", failure, undefined, zones);
}

function missing(
  status: "unreadable" | "absent",
  reason: string,
  fix?: string,
  zones: readonly PowercapZone[] = [],
): PowercapCapability {
  return { zones, provides: [], status, reason, fix };
}
