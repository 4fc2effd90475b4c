import type { PowerSeries } from "./power-series.ts";
import { checkQuantity, type Quantity, unavailable } from "./quantity.ts";
import { combineUncertainty } from "./uncertainty.ts";

/** Power of a device or host that does nothing: mean over samples and their spread. */
export interface IdleBaseline {
  readonly meanWatts: number;
  /** Standard deviation of the samples. */
  readonly sdWatts: number;
  readonly samples: number;
}

/** The idle power in a series that was taken while nothing ran; `undefined` with fewer than two finite samples. */
export function idleBaseline(series: PowerSeries): IdleBaseline | undefined {
  let [samples, meanWatts, squares] = [0, 0, 0]; // Welford, Technometrics 4(3), 1962
  for (const { powerWatts } of series) {
    if (!Number.isFinite(powerWatts)) continue;
    samples += 1;
    const delta = powerWatts - meanWatts;
    meanWatts += delta / samples;
    squares += delta * (powerWatts - meanWatts);
  }
  return samples < 2 ? undefined : { meanWatts, sdWatts: Math.sqrt(squares / (samples - 1)), samples };
}

/**
 * What a run used beyond idling for as long: a quantity of its own, `gpu_net` beside `gpu`. The gross value stays what
 * it is. The idle power may have been off by its whole spread all the time (it drifts; samples do not average that out).
 * A run that used less than idling has no net energy: `null` with the reason.
 */
export function netEnergy(gross: Quantity, idle: IdleBaseline, durationSeconds: number): Quantity {
  const idleJoules = idle.meanWatts * durationSeconds;
  const watts = `${idle.meanWatts.toFixed(2)} ± ${(2 * idle.sdWatts).toFixed(2)} W`;
  const { scope, device, source } = gross;
  const method = `${gross.method}; less ${watts} of idling over ${durationSeconds.toFixed(2)} s`;
  const identity = { name: `${gross.name}_net`, scope, device, source, method };
  if (gross.value === null) return unavailable(identity, gross.reason ?? `${gross.name} has no value`);
  if (gross.value < idleJoules) {
    return unavailable(identity, `less than idling: ${gross.value.toFixed(2)} J against ${idleJoules.toFixed(2)} J`);
  }
  const { sampling, sensor = 0, quantisation, edges } = gross.uncertainty ?? {};
  return checkQuantity({
    ...gross,
    ...identity,
    value: gross.value - idleJoules,
    uncertainty: combineUncertainty({
      sampling,
      sensor: Math.hypot(sensor, idle.sdWatts * durationSeconds),
      quantisation,
      edges,
    }),
  });
}
