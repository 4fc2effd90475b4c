import { type PowerIntegrator, type PowerSample, powerIntegrator, type Quantity } from "@ea/energy";
import { gpuQuantity, type MeteredGpu, RESOLUTION_WATTS, SENSOR_WATTS } from "./gpu-quantities.ts";
import type { IdentifiedSample } from "./identified-samples.ts";
import { powerIn, sensorDelay } from "./power-sensor.ts";

/** The energy of one GPU as its samples come, in constant memory. */
export interface GpuRecorder {
  /** Takes a sample that was taken at this time; returns the power that counts. */
  add(timeMs: number, sample: IdentifiedSample): number | undefined;
  /** Begins the window: what came before tells the power at its start. */
  begin(startMs: number): void;
  /** Ends the window, with how nvidia-smi ended when it was not by our own stop. */
  finish(endMs: number, failure: string | undefined): Quantity;
}

/** Records one GPU; its sensor's delay is taken off the time of each sample. */
export function gpuRecorder(gpu: MeteredGpu): GpuRecorder {
  const { shiftMs, uncertaintyMs } = sensorDelay(gpu.sensor);
  const early: PowerSample[] = [];
  let integrator: PowerIntegrator | undefined;
  let absence: string | undefined;
  return {
    add(timeMs, sample) {
      const powerWatts = powerIn(sample, gpu.sensor.column);
      if (powerWatts === undefined) {
        absence = sample.powerAbsence;
        return undefined;
      }
      const power = { timeMs: timeMs - shiftMs, powerWatts };
      if (integrator) integrator.add(power);
      else early.push(power);
      return powerWatts;
    },
    begin(startMs) {
      const options = { sensorWatts: SENSOR_WATTS, resolutionWatts: RESOLUTION_WATTS, delayMs: uncertaintyMs };
      integrator = powerIntegrator({ startMs }, options);
      for (const power of early.splice(0)) integrator.add(power);
    },
    finish: (endMs, failure) => gpuQuantity(gpu, integrator?.finish(endMs), { failure, absence }),
  };
}
