import { type Meter, unavailable, unavailableMetering } from "@ea/energy";
import type { Slot } from "@ea/runner";
import { allMeters, gpuMeter } from "../meters.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The meters of a process; in a slot those of the host deliver no energy, as it would be of all slots together. */
export function metersOf(environment: Environment, slot: Slot | undefined): readonly Meter[] {
  return slot ? [gpuMeter(environment), sharedHost(slot)] : allMeters(environment);
}

function sharedHost({ of }: Slot): Meter {
  const reason = `host shared: ${of} slots train on it at the same time, and its counters cannot tell whose the joules are`;
  const quantities = ["cpu_package", "dram"].map((name) =>
    unavailable({ name, scope: "host", source: "host", method: "counter" }, reason),
  );
  return {
    name: "cpu",
    probe: () =>
      Promise.resolve({ name: "cpu", status: "unreadable", provides: [], reason, fix: "ea run without --slots" }),
    start: ({ signal }) => {
      signal?.throwIfAborted();
      return Promise.resolve(unavailableMetering(quantities));
    },
  };
}
