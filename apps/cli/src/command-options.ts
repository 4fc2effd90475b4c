import type { Options } from "yargs";
import { schemaOptions } from "./config/config-options.ts";
import { doctorOptions } from "./doctor/doctor-options.ts";
import { initOptions } from "./init/init-options.ts";
import { measureOptions } from "./measure/measure-options.ts";
import { metricsOptions } from "./metrics/metrics-options.ts";
import { parseOptions } from "./parse/parse-options.ts";
import { reportOptions } from "./report/report-options.ts";
import { logOptions, showOptions } from "./row/row-options.ts";
import { configOptions, resumeOptions, runOptions } from "./run-options.ts";
import { statusOptions, stopOptions } from "./session/session-options.ts";
import { exportOptions, summaryOptions } from "./table-options.ts";
import { bestOptions, compareOptions } from "./trade/trade-options.ts";

/** The commands of `ea`, and the flags of each. */
export const COMMAND_OPTIONS: Readonly<Record<string, Readonly<Record<string, Options>>>> = {
  run: runOptions,
  resume: resumeOptions,
  status: statusOptions,
  stop: stopOptions,
  show: showOptions,
  log: logOptions,
  compare: compareOptions,
  best: bestOptions,
  init: initOptions,
  list: configOptions,
  config: runOptions,
  schema: schemaOptions,
  completion: {},
  help: {},
  measure: measureOptions,
  doctor: doctorOptions,
  parse: parseOptions,
  summary: summaryOptions,
  export: exportOptions,
  report: reportOptions,
  metrics: metricsOptions,
};
