import type { Meter } from "@ea/energy";
import { nvidiaSmiMeter } from "@ea/energy-nvsmi";
import { cpuEstimateMeter, cpuMeter } from "@ea/energy-perf";

/**
 * Every meter that `ea` knows; a new sensor is one line here. They start one after another, so the one that takes
 * seconds to start comes first: none that counts from its start then counts the waiting.
 */
export function allMeters(environment: Readonly<Record<string, string | undefined>>): readonly Meter[] {
  return [
    nvidiaSmiMeter({
      visibleDevices: environment["CUDA_VISIBLE_DEVICES"],
      deviceOrder: environment["CUDA_DEVICE_ORDER"],
    }),
    cpuMeter(),
    cpuEstimateMeter(),
  ];
}
