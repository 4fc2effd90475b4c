import {
  checkQuantity,
  integratePower,
  type PowerSample,
  type Quantity,
  type TimeWindow,
  unavailable,
} from "@ea/energy";

/** NVIDIA documents the power reading as accurate to ± 5 W (nvidia-smi manual, power.draw). */
export const SENSOR_WATTS = 5;
const RESOLUTION_WATTS = 0.01;
/** Below this coverage a value is called partial. */
const MIN_COVERAGE = 0.95;

const METHOD = "power.draw integrated over time stamps (trapezoid)";

/** Identity of the quantity of one GPU. */
export function gpuIdentity(uuid: string | undefined): {
  readonly name: "gpu";
  readonly scope: "device";
  readonly device: string | undefined;
  readonly source: "nvidia-smi";
  readonly method: string;
} {
  return { name: "gpu", scope: "device", device: uuid, source: "nvidia-smi", method: METHOD };
}

/** Joules of one GPU over the window; `failure` says how nvidia-smi ended when it was not by our own stop. */
export function gpuQuantity(
  uuid: string,
  series: readonly PowerSample[],
  window: TimeWindow,
  failure: string | undefined,
): Quantity {
  const identity = gpuIdentity(uuid);
  const because = failure ? `: ${failure}` : "";
  const power = integratePower(series, window, { sensorWatts: SENSOR_WATTS, resolutionWatts: RESOLUTION_WATTS });
  if (!power) return unavailable(identity, `fewer than two power readings in the window${because}`);
  if (power.samples < 1 && power.coverage < MIN_COVERAGE) {
    return unavailable(identity, `no power reading inside the window${because}`);
  }
  const isPartial = power.coverage < MIN_COVERAGE;
  return checkQuantity({
    ...identity,
    value: power.energyJoules,
    unit: "J",
    quality: isPartial ? "partial" : "integrated",
    reason: isPartial
      ? `gaps of up to ${(power.longestGapMs / 1000).toFixed(1)} s between readings${because}`
      : undefined,
    uncertainty: power.uncertainty,
    coverage: Math.max(0, power.coverage),
  });
}
