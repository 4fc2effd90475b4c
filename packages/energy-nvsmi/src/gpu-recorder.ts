import { type PowerIntegrator, type PowerSample, powerIntegrator, type Quantity } from "@ea/energy";
import { gpuQuantity, type MeteredGpu, RESOLUTION_WATTS, SENSOR_WATTS } from "./gpu-quantities.ts";
import { type IdentifiedSample, isIdentified } from "./identified-samples.ts";
import { powerIn, sensorDelay } from "./power-sensor.ts";
import { queryParser } from "./query-parser.ts";
import { stampClock } from "./stamp-clock.ts";

/** A sample of a metered GPU with its time on the reader's clock, and the power that counts. */
export interface TimedSample {
  readonly timeMs: number;
  readonly powerWatts: number | undefined;
  readonly sample: IdentifiedSample;
}

/** The energy of GPUs out of the lines of one nvidia-smi as they come, in constant memory. */
export interface GpuRecorder {
  /** Takes a line that arrived at this time; `undefined` when it is no row of a metered GPU. */
  line(text: string, arrivalMs: number): TimedSample | undefined;
  /** Begins the window, on the clock of the arrivals; what came before tells the power at its start. */
  begin(startMs: number): void;
  /** Ends the window; `failure` says how nvidia-smi ended when it was not by our own stop. */
  finish(endMs: number, failure?: string): readonly Quantity[];
}

/** Records GPUs; the delay of each sensor is taken off the time of its samples. */
export function gpuRecorder(gpus: readonly MeteredGpu[]): GpuRecorder {
  const parser = queryParser();
  const clock = stampClock();
  const tracks = new Map(gpus.map((gpu) => [gpu.uuid, gpuTrack(gpu)]));
  return {
    line(text, arrivalMs) {
      const sample = parser.line(text);
      const track = sample && isIdentified(sample) && tracks.get(sample.uuid);
      if (!track) return undefined;
      const timeMs = clock.timeOf(sample.stampMs, arrivalMs);
      return { timeMs, powerWatts: track.add(timeMs, sample), sample };
    },
    begin(startMs) {
      for (const track of tracks.values()) track.begin(startMs);
    },
    finish: (endMs, failure) => [...tracks.values()].map((track) => track.finish(endMs, failure)),
  };
}

interface GpuTrack {
  add(timeMs: number, sample: IdentifiedSample): number | undefined;
  begin(startMs: number): void;
  finish(endMs: number, failure: string | undefined): Quantity;
}

function gpuTrack(gpu: MeteredGpu): GpuTrack {
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
