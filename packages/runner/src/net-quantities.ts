import { netEnergy, type Quantity } from "@ea/energy";
import type { IdleBand } from "./idle-band.ts";
import type { MeterResult } from "./measure.ts";

/** What a run used beyond idling, for every energy whose idle power is known: quantities of their own, such as `gpu_net`. */
export function netQuantities(meters: readonly MeterResult[], idle: readonly IdleBand[]): readonly Quantity[] {
  return meters.flatMap(({ quantities, windowSeconds }) =>
    quantities.flatMap((quantity) => {
      const { name, device, value } = quantity;
      if (value === null) return []; // it says itself why
      const band = idle.find((each) => each.value === "powerWatts" && each.name === name && each.device === device);
      if (!band) return [];
      const { mean: meanWatts, sd: sdWatts, readings: samples } = band;
      return [netEnergy(quantity, { meanWatts, sdWatts, samples }, windowSeconds)];
    }),
  );
}
