import {
  combineUncertainty,
  type IntegratedPower,
  type PowerIntegrator,
  powerIntegrator,
  powerQuantity,
  type Quantity,
  type TimeWindow,
  unavailable,
} from "@ea/energy";
import type { TableRow } from "./table-rows.ts";

/** NVIDIA documents ± 5 W (nvidia-smi manual, power.draw), and prints two decimals. */
const SENSOR = { sensorWatts: 5, resolutionWatts: 0.01 };
/** A mean over the last second is centred half a second back; which kind it was, a table does not tell. */
const DELAY_MS = 500;

/** Integrates the rows of a power table per GPU, in constant memory. */
export interface GpuPowerTable {
  add(row: TableRow): void;
  /** One quantity per GPU, in the order of their first rows. */
  quantities(hasWholeSeconds: boolean): readonly Quantity[];
}

/** Over `window`, or from the first to the last power of each GPU. */
export function gpuPowerTable(window?: TimeWindow): GpuPowerTable {
  const gpus = new Map<string, GpuSeries>();
  return {
    add({ timeMs, device, value }) {
      if (value === undefined) return;
      const key = device ?? "";
      const gpu = gpus.get(key) ?? gpuSeries(device, window);
      gpus.set(key, gpu);
      gpu.add(timeMs, value);
    },
    quantities: (hasWholeSeconds) =>
      gpus.size === 0
        ? [unavailable(identityOf(undefined), "no row with a power")]
        : [...gpus.values()].map((gpu) => gpu.quantity(hasWholeSeconds)),
  };
}

interface GpuSeries {
  add(timeMs: number, watts: number): void;
  quantity(hasWholeSeconds: boolean): Quantity;
}

function gpuSeries(device: string | undefined, window: TimeWindow | undefined): GpuSeries {
  let integrator: PowerIntegrator | undefined;
  let [lastMs, lastWatts, moments, clashes] = [Number.NEGATIVE_INFINITY, 0, 0, 0];
  return {
    add(timeMs, powerWatts) {
      integrator ??= powerIntegrator(window ?? { startMs: timeMs }, { ...SENSOR, delayMs: DELAY_MS });
      if (timeMs === lastMs && powerWatts !== lastWatts) clashes += 1;
      else if (timeMs > lastMs) moments += 1;
      integrator.add({ timeMs, powerWatts });
      [lastMs, lastWatts] = [Math.max(lastMs, timeMs), powerWatts];
    },
    quantity(hasWholeSeconds) {
      const identity = identityOf(device);
      if (device === undefined && clashes > moments / 2) {
        return unavailable(identity, "several powers at most time stamps, and no column gpu_uuid: several GPUs?");
      }
      const power = integrator?.finish(window?.endMs ?? lastMs);
      return powerQuantity(identity, power && hasWholeSeconds ? withRounding(power) : power);
    },
  };
}

/** A stamp of whole seconds is up to one late: so the time between the first and the last one is off by two such shares. */
function withRounding(power: IntegratedPower): IntegratedPower {
  const rounding = power.powerAvgWatts / Math.sqrt(6);
  const edges = Math.hypot(power.uncertainty.edges ?? 0, rounding);
  return { ...power, uncertainty: combineUncertainty({ ...power.uncertainty, edges }) };
}

function identityOf(device: string | undefined): Pick<Quantity, "name" | "scope" | "device" | "source" | "method"> {
  const method = "the table's power integrated over its time stamps (trapezoid)";
  return { name: "gpu", scope: "device", device, source: "nvidia-smi", method };
}
