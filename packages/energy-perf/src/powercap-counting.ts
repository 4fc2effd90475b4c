import type { Quantity } from "@ea/energy";
import { type CounterStep, energyCounter } from "./counter-energy.ts";
import { mirrorDetector, type Sweep } from "./mirrored-zones.ts";
import { powercapQuantity } from "./powercap-quantities.ts";
import type { PowercapZone } from "./powercap-zones.ts";

/** Adds up the readings of all zones, in constant memory. */
export interface PowercapCounting {
  /** Takes one reading of each zone, and says what each tells, by the zone's id. */
  add(sweep: Sweep): ReadonlyMap<string, CounterStep>;
  /** Ids of the zones that show the counter of another one, as far as can be told by now. */
  leftOut(): ReadonlySet<string>;
  /** One quantity for each zone with a counter of its own. */
  quantities(windowSeconds: number): readonly Quantity[];
}

/** Counts the energy of these zones. */
export function powercapCounting(zones: readonly PowercapZone[]): PowercapCounting {
  const counters = zones.map((zone) => {
    const { rangeMicrojoules, domain } = zone;
    return { zone, counter: energyCounter({ rangeMicrojoules, maxWatts: domain.maxWatts }) };
  });
  const detector = mirrorDetector(zones);
  return {
    add(sweep) {
      detector.add(sweep);
      const steps = new Map<string, CounterStep>();
      for (const { zone, counter } of counters) {
        const reading = sweep.get(zone.id);
        if (reading) steps.set(zone.id, counter.add(reading));
      }
      return steps;
    },
    leftOut: () => new Set(detector.mirrors().keys()),
    quantities(windowSeconds) {
      const mirrorOf = detector.mirrors();
      return counters
        .filter(({ zone }) => !mirrorOf.has(zone.id))
        .map(({ zone, counter }) => {
          const mirrors = zones.filter(({ id }) => mirrorOf.get(id) === zone.id).map(({ id }) => id);
          return powercapQuantity(zone, counter.result(), { windowSeconds, mirrors });
        });
    },
  };
}
