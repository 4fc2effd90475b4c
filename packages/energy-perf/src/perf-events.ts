/** A RAPL event of perf's `power` PMU and the quantity it becomes. */
export interface PerfEvent {
  /** Name in `/sys/bus/event_source/devices/power/events`. */
  readonly event: string;
  /** Name of the quantity. */
  readonly quantity: string;
  /** Accuracy as a share of the value (± half width), and who found it. */
  readonly accuracy: number;
}

/**
 * The events we ask for, if they exist. Accuracy: package, Khan et al., "RAPL in Action", TOMPECS 3(2), 2018; DRAM,
 * Desrochers et al., MEMSYS 2016, which found a constant offset of up to 20 %; psys: as the package, for want of a study.
 */
export const PERF_EVENTS: readonly PerfEvent[] = [
  { event: "energy-pkg", quantity: "cpu_package", accuracy: 0.05 },
  { event: "energy-ram", quantity: "dram", accuracy: 0.2 },
  { event: "energy-psys", quantity: "cpu_psys", accuracy: 0.05 },
];

/** A package that uses no energy for longer than this does not exist: the counter is dead (as in some VMs). */
export const DEAD_COUNTER_SECONDS = 0.1;

/** The known event behind perf's spelling of it, whatever modifiers perf appended: `power/energy-pkg/u` is `energy-pkg`. */
export function knownEvent(spelling: string): PerfEvent | undefined {
  const name = /^power\/([a-z0-9-]+)\//.exec(spelling)?.[1];
  return PERF_EVENTS.find(({ event }) => event === name);
}

/**
 * Arguments for a `perf stat` sidecar: the whole host, no workload, one row per event and interval, into `file`.
 * A sidecar that is ended by SIGINT keeps every completed interval and never hides how the training ended.
 */
export function perfArguments(events: readonly PerfEvent[], intervalMs: number, file: string): string[] {
  const list = events.map(({ event }) => `power/${event}/`).join(",");
  return ["stat", "-a", "-I", String(intervalMs), "-x", ";", "-e", list, "-o", file];
}
