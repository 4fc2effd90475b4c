import type { Options } from "yargs";
import { doctorOptions } from "./doctor/doctor-options.ts";
import { measureOptions } from "./measure/measure-options.ts";
import { metricsOptions } from "./metrics/metrics-options.ts";
import { parseOptions } from "./parse/parse-options.ts";
import { configOptions, runOptions } from "./run-options.ts";

/** The commands of `ea`, and the flags of each. */
export const COMMAND_OPTIONS: Readonly<Record<string, Readonly<Record<string, Options>>>> = {
  run: runOptions,
  list: configOptions,
  measure: measureOptions,
  doctor: doctorOptions,
  parse: parseOptions,
  metrics: metricsOptions,
};
