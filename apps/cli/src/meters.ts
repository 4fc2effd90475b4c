import type { Meter } from "@ea/energy";
import { nvidiaSmiMeter } from "@ea/energy-nvsmi";
import { cpuEstimateMeter, perfMeter } from "@ea/energy-perf";

/** Every meter that `ea` knows; a new sensor is one line here. */
export function allMeters(environment: Readonly<Record<string, string | undefined>>): readonly Meter[] {
  return [perfMeter(), nvidiaSmiMeter({ visibleDevices: environment["CUDA_VISIBLE_DEVICES"] }), cpuEstimateMeter()];
}
