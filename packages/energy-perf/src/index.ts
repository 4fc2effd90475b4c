export {
  COEFFICIENTS_SOURCE,
  type CpuCoefficients,
  type CpuIdentity,
  coefficientsFor,
  parseCpuIdentity,
} from "./cpu-coefficients.ts";
export { cpuEstimateMeter, estimateJoules } from "./cpu-estimate-meter.ts";
export { cpuMeter } from "./cpu-meter.ts";
export { type CpuTime, parseCpuTime } from "./cpu-time.ts";
export { type PerfInterval, type PerfIntervals, parseIntervals } from "./parse-intervals.ts";
export { PERF_EVENTS, type PerfEvent } from "./perf-events.ts";
export { perfMeter } from "./perf-meter.ts";
export { type PowercapLog, parsePowercapLog } from "./powercap-log.ts";
export { PowercapOptions, powercapMeter } from "./powercap-meter.ts";
