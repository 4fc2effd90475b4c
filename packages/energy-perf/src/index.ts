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
export { parsePerf } from "./parse-perf.ts";
export { PerfError, type PerfErrorCode } from "./perf-error.ts";
export { PERF_EVENTS, type PerfEvent } from "./perf-events.ts";
export { perfMeter } from "./perf-meter.ts";
export { perfPower } from "./perf-power.ts";
export { type PerfReport, type PerfReportJson, perfReportToJson } from "./perf-report.ts";
export type { PerfRow } from "./perf-row.ts";
export { perfRows } from "./perf-rows.ts";
export { type PowercapLog, parsePowercapLog } from "./powercap-log.ts";
export { PowercapOptions, powercapMeter } from "./powercap-meter.ts";
export { reportQuantities } from "./report-quantities.ts";
