export { BASE_COLUMNS, chooseColumns, OPTIONAL_COLUMNS } from "./columns.ts";
export { type ListedGpu, parseDeviceList } from "./device-list.ts";
export { NvsmiError, type NvsmiErrorCode } from "./errors.ts";
export { type MeteredGpu, RESOLUTION_WATTS, SENSOR_WATTS } from "./gpu-quantities.ts";
export { type GpuRecorder, gpuRecorder, type TimedSample } from "./gpu-recorder.ts";
export type { GpuSample } from "./gpu-sample.ts";
export type { IdentifiedSample } from "./identified-samples.ts";
export { parseComputeApps } from "./inspect-gpus.ts";
export { NvidiaSmiOptions, nvidiaSmiMeter } from "./nvidia-smi-meter.ts";
export { type ParsedQuery, parseQuery, querySamples } from "./parse-query.ts";
export {
  describeSensor,
  POWER_COLUMNS,
  type PowerColumn,
  type PowerSensor,
  type SensorDelay,
  sensorDelay,
} from "./power-sensor.ts";
export { queryStatisticsToJson } from "./query-json.ts";
export { type QueryParser, queryParser } from "./query-parser.ts";
export { type GpuStatistics, type QueryStatistics, queryStatistics } from "./query-statistics.ts";
export type { Spread } from "./spread.ts";
export { type StampClock, stampClock } from "./stamp-clock.ts";
export { throttleReasons } from "./throttle-reasons.ts";
export { type GpuIdentity, isVisible } from "./visible-devices.ts";
