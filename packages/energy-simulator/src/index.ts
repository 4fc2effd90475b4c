export { type CounterReading, type CounterText, counterReadings } from "./counter-readings.ts";
export { FAULT_KINDS, type Fault, type FaultKind } from "./faults.ts";
export { type NvidiaSmiText, nvidiaSmiRows, type SimulatedGpu, type SimulatedRow } from "./nvidia-smi-rows.ts";
export { type PerfText, perfText } from "./perf-text.ts";
export { bandLimitedPower, type PowerCurve, squareWavePower } from "./power-curve.ts";
export { type Random, seededRandom } from "./random.ts";
