import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CounterReading } from "./counter-energy.ts";
import type { Sweep } from "./mirrored-zones.ts";
import type { PowercapEntry, PowercapZone } from "./powercap-zones.ts";

/** Where Linux lists the zones of every provider, flat. */
export const POWERCAP_ROOT = "/sys/class/powercap";

const COUNTER = /^\d{1,15}\n?$/;

/** The RAPL zones below `root`; `undefined` when there is no such directory. */
export function listPowercap(root: string): readonly PowercapEntry[] | undefined {
  let ids: readonly string[];
  try {
    ids = readdirSync(root).filter((id) => /^intel-rapl[\w-]*(?::\d+)+$/.test(id));
  } catch {
    return undefined;
  }
  return ids.map((id) => {
    const { text: name } = readAttribute(root, id, "name");
    const { text: range } = readAttribute(root, id, "max_energy_range_uj");
    return { id, name: name?.trim(), rangeMicrojoules: range && COUNTER.test(range) ? Number(range) : undefined };
  });
}

/**
 * Reads all counters, one right after the other: what they have in common shows in their values only if next to no time
 * lies between them. So it is synchronous; an attribute of sysfs takes some ten microseconds.
 *
 * @param startMs the moment, on the clock of `performance.now()`, that times count from.
 */
export function readSweep(root: string, zones: readonly PowercapZone[], startMs: number): Sweep {
  return new Map(zones.map((zone) => [zone.id, readCounter(root, zone, startMs)]));
}

function readCounter(root: string, { id }: PowercapZone, startMs: number): CounterReading {
  const beforeMs = performance.now();
  const { text, failure } = readAttribute(root, id, "energy_uj");
  const timeSeconds = ((beforeMs + performance.now()) / 2 - startMs) / 1000;
  if (text === undefined) return { timeSeconds, microjoules: undefined, failure };
  if (COUNTER.test(text)) return { timeSeconds, microjoules: Number(text) };
  return {
    timeSeconds,
    microjoules: undefined,
    failure: `${id} holds ${JSON.stringify(text.slice(0, 40))}, no number`,
  };
}

function readAttribute(root: string, id: string, name: string): { readonly text?: string; readonly failure?: string } {
  try {
    return { text: readFileSync(join(root, id, name), "latin1") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { failure: `${id} could not be read (${code})` };
  }
}
