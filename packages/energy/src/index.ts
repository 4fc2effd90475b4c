export { addQuantities } from "./add-quantities.ts";
export { type CounterDifference, counterDifference } from "./counter-difference.ts";
export { type EnergyMetrics, energyMetrics } from "./energy-metrics.ts";
export { epochsOf, isEpochs } from "./epochs.ts";
export { EnergyError, type EnergyErrorCode } from "./errors.ts";
export { type GpuTelemetry, type GpuTelemetryCollector, gpuTelemetry } from "./gpu-telemetry.ts";
export { integratePower } from "./integrate-power.ts";
export { GAP_FACTOR, type IntegratedPower, type IntegrationOptions, MIN_COVERAGE } from "./integrated-power.ts";
export type {
  DeviceProcess,
  DeviceState,
  Meter,
  Metering,
  MeterStartOptions,
  Reading,
  SourceState,
} from "./meter.ts";
export { type IdleBaseline, idleBaseline, netEnergy } from "./net-energy.ts";
export { type PowerIntegrator, powerIntegrator } from "./power-integrator.ts";
export { powerQuantity } from "./power-quantity.ts";
export type { PowerSample, PowerSeries, TimeWindow } from "./power-series.ts";
export { type PowerTracker, powerTracker, type TrackedPower } from "./power-tracker.ts";
export {
  checkQuantity,
  type Quantity,
  type QuantityIdentity,
  type QuantityQuality,
  type QuantityScope,
  totalJoules,
  unavailable,
} from "./quantity.ts";
export { QuantityJson, quantityFromJson, quantityToJson } from "./quantity-json.ts";
export { type ReadingQueue, readingQueue } from "./readings.ts";
export { stopOnce } from "./stop-once.ts";
export { unavailableMetering } from "./unavailable-metering.ts";
export { combineUncertainty, rectangular, type Uncertainty, type UncertaintyItems } from "./uncertainty.ts";
