import { type IntegratedPower, powerQuantity, type Quantity, type QuantityIdentity } from "@ea/energy";
import type { PowerSensor } from "./power-sensor.ts";

/** NVIDIA documents the power reading as accurate to ± 5 W (nvidia-smi manual, power.draw). */
export const SENSOR_WATTS = 5;
/** nvidia-smi prints two decimals. */
export const RESOLUTION_WATTS = 0.01;

/** What is known of a GPU before it is measured. */
export interface MeteredGpu {
  readonly uuid: string;
  readonly sensor: PowerSensor;
  readonly isMig: boolean;
}

/** Identity of the quantity of one GPU; of none in particular without one. */
export function gpuIdentity(gpu?: MeteredGpu): QuantityIdentity {
  return {
    name: "gpu",
    scope: "device",
    device: gpu?.uuid,
    source: "nvidia-smi",
    method: gpu ? methodOf(gpu) : "power",
  };
}

function methodOf({ sensor, isMig }: MeteredGpu): string {
  const { column, kind, updatePeriodMs } = sensor;
  const what = {
    instant: "power at a moment",
    average: "mean over 1 s, shifted back by half of it",
    unknown: "power at a moment or mean over 1 s",
  }[kind];
  const update = updatePeriodMs === undefined ? "" : `, updated every ${updatePeriodMs} ms`;
  const slices = isMig ? "; the whole GPU with all its MIG slices" : "";
  return `${column} (${what}${update}) integrated over time stamps (trapezoid)${slices}`;
}

/** What happened to the readings of a GPU, where it bears on its energy. */
export interface ReadingFaults {
  /** How nvidia-smi ended when it was not by our own stop. */
  readonly failure?: string | undefined;
  /** What the driver last printed in place of a power. */
  readonly absence?: string | undefined;
}

/** Joules of one GPU over the window, as integrated. */
export function gpuQuantity(gpu: MeteredGpu, power: IntegratedPower | undefined, faults: ReadingFaults = {}): Quantity {
  const { failure, absence } = faults;
  return powerQuantity(
    gpuIdentity(gpu),
    power,
    failure ?? (absence === undefined ? undefined : `the driver printed "${absence}"`),
  );
}
