import type { Meter } from "@ea/energy";
import { nvidiaSmiMeter } from "@ea/energy-nvsmi";
import { cpuEstimateMeter, cpuMeter, perfMeter, powercapMeter } from "@ea/energy-perf";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every meter that `ea` measures with; a new sensor is one line here. They start one after another, so the one that
 * takes seconds to start comes first: none that counts from its start then counts the waiting.
 */
export function allMeters(environment: Environment): readonly Meter[] {
  return [gpuMeter(environment), cpuMeter(), cpuEstimateMeter()];
}

/** Every single source that `ea doctor` looks at: of a meter that chooses among several, each of them. */
export function singleSources(environment: Environment): readonly Meter[] {
  return [perfMeter(), powercapMeter(), gpuMeter(environment), cpuEstimateMeter()];
}

/** The GPUs that a training with these variables may use. */
export function gpuMeter(environment: Environment): Meter {
  return nvidiaSmiMeter({
    visibleDevices: environment["CUDA_VISIBLE_DEVICES"],
    deviceOrder: environment["CUDA_DEVICE_ORDER"],
  });
}
