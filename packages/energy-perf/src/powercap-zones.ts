import { PERF_EVENTS } from "./perf-events.ts";

/** A zone as `/sys/class/powercap` lists it. */
export interface PowercapEntry {
  /** Name of its directory, such as `intel-rapl:0:1`. */
  readonly id: string;
  /** Content of `name`, such as `package-0` or `dram`; `undefined` when it could not be read. */
  readonly name: string | undefined;
  /** Content of `max_energy_range_uj`, the largest value of the counter; `undefined` when it could not be read. */
  readonly rangeMicrojoules: number | undefined;
}

/** What a counter counts, and how far it can be believed. */
export interface PowercapDomain {
  /** Name of the quantity. */
  readonly quantity: string;
  /** Accuracy as a share of the value (± half width), as for perf: it is the same counter. */
  readonly accuracy: number;
  /** No zone of this kind uses more for longer than a moment: a counter that says so has been reset. */
  readonly maxWatts: number;
}

/** A zone whose energy is metered. */
export interface PowercapZone {
  readonly id: string;
  readonly domain: PowercapDomain;
  /** Socket, or die of a socket, such as `package-0`; `undefined` for the platform as a whole. */
  readonly device: string | undefined;
  /** Largest value of the counter; `undefined` when it is not known. */
  readonly rangeMicrojoules: number | undefined;
  /** Other zones of the same name, which show the same once more. */
  readonly alsoAt: readonly string[];
}

/** Several times what the largest sockets of today draw (500 W); a platform may hold accelerators as well. */
const MAX_WATTS = { cpu_package: 2000, dram: 2000, cpu_psys: 20_000 } as const;

const DOMAINS = Object.entries(MAX_WATTS).map(([quantity, maxWatts]): PowercapDomain => {
  const accuracy = PERF_EVENTS.find((event) => event.quantity === quantity)?.accuracy ?? 1;
  return { quantity, accuracy, maxWatts };
});

/** The domain of a quantity that powercap may have; `undefined` for others. */
export function powercapDomain(quantity: string): PowercapDomain | undefined {
  return DOMAINS.find((domain) => domain.quantity === quantity);
}

/**
 * The zones to meter: packages and DRAM of each socket, and the platform (psys) apart. Cores and uncore are parts of their
 * package and left out. The same zone offered a second time, by `intel-rapl-mmio` beside `intel-rapl`, counts once.
 *
 * Names are those of Linux for Intel and AMD alike: `package-0`, `package-0-die-1` on processors of several dies, `dram`
 * below its package, `psys`, and `psys-1` for a second one (drivers/powercap/intel_rapl_common.c).
 */
export function powercapZones(entries: readonly PowercapEntry[]): readonly PowercapZone[] {
  const names = new Map(entries.map(({ id, name }) => [id, name]));
  const zones = new Map<string, PowercapZone>();
  for (const { id, name = "", rangeMicrojoules } of [...entries].sort(byProviderAndNumber)) {
    const found = identify(id, name, names);
    if (!found) continue;
    const key = `${found.domain.quantity} ${found.device}`;
    const kept = zones.get(key);
    if (kept) zones.set(key, { ...kept, alsoAt: [...kept.alsoAt, id] });
    else zones.set(key, { id, ...found, rangeMicrojoules, alsoAt: [] });
  }
  return [...zones.values()];
}

function identify(
  id: string,
  name: string,
  names: ReadonlyMap<string, string | undefined>,
): Pick<PowercapZone, "domain" | "device"> | undefined {
  const [quantity, device] = name.startsWith("package-")
    ? ["cpu_package", name]
    : name === "dram"
      ? ["dram", names.get(parentOf(id)) ?? parentOf(id)]
      : /^psys(?:-\d+)?$/.test(name)
        ? ["cpu_psys", name === "psys" ? undefined : name]
        : [];
  const domain = quantity === undefined ? undefined : powercapDomain(quantity);
  return domain && { domain, device };
}

function parentOf(id: string): string {
  return id.slice(0, id.lastIndexOf(":"));
}

/** `intel-rapl` before `intel-rapl-mmio`, and zone 2 before zone 10. */
function byProviderAndNumber(a: PowercapEntry, b: PowercapEntry): number {
  const [providerA = ""] = a.id.split(":");
  const [providerB = ""] = b.id.split(":");
  return providerA.length - providerB.length || a.id.localeCompare(b.id, "en", { numeric: true });
}
