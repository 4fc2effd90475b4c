import type { Options } from "yargs";
import { analyzeOptions } from "./analyze/analyze-options.ts";
import { auditOptions } from "./audit/audit-options.ts";
import { schemaOptions } from "./config/config-options.ts";
import { doctorOptions } from "./doctor/doctor-options.ts";
import { importOptions } from "./import/import-options.ts";
import { initOptions } from "./init/init-options.ts";
import { measureOptions } from "./measure/measure-options.ts";
import { metricsOptions } from "./metrics/metrics-options.ts";
import { parseOptions } from "./parse/parse-options.ts";
import { reportOptions } from "./report/report-options.ts";
import { logOptions, showOptions } from "./row/row-options.ts";
import { configOptions, resumeOptions, runOptions } from "./run-options.ts";
import { statusOptions, stopOptions } from "./session/session-options.ts";
import { slurmOptions } from "./slurm/slurm-options.ts";
import { exportOptions, summaryOptions } from "./table-options.ts";
import { bestOptions, compareOptions } from "./trade/trade-options.ts";

/** The commands of `ea`, and the flags of each. */
export const COMMAND_OPTIONS: Readonly<Record<string, Readonly<Record<string, Options>>>> = {
  run: runOptions,
  resume: resumeOptions,
  status: statusOptions,
  stop: stopOptions,
  slurm: slurmOptions,
  show: showOptions,
  log: logOptions,
  compare: compareOptions,
  best: bestOptions,
  init: initOptions,
  import: importOptions,
  list: configOptions,
  config: runOptions,
  schema: schemaOptions,
  completion: {},
  help: {},
  measure: measureOptions,
  doctor: doctorOptions,
  parse: parseOptions,
  audit: auditOptions,
  analyze: analyzeOptions,
  summary: summaryOptions,
  export: exportOptions,
  report: reportOptions,
  metrics: metricsOptions,
};
