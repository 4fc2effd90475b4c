export { BASE_COLUMNS, chooseColumns, OPTIONAL_COLUMNS } from "./columns.ts";
export { SENSOR_WATTS } from "./gpu-quantities.ts";
export { parseComputeApps } from "./inspect-gpus.ts";
export { NvidiaSmiOptions, nvidiaSmiMeter } from "./nvidia-smi-meter.ts";
export { type GpuSample, parseQuery, type QueryParser, queryParser } from "./parse-query.ts";
export { type GpuIdentity, isVisible } from "./visible-devices.ts";
