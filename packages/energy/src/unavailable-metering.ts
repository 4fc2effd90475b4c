import type { Metering } from "./meter.ts";
import type { Quantity } from "./quantity.ts";
import { readingQueue } from "./readings.ts";

/** The metering of a meter that cannot measure: no readings, no cost, and these quantities when stopped. */
export function unavailableMetering(quantities: readonly Quantity[]): Metering {
  const readings = readingQueue();
  readings.close();
  return { readings, stop: () => Promise.resolve(quantities), cpuSeconds: () => 0 };
}
