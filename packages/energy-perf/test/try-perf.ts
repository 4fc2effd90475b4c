import { parsePerf } from "../src/parse-perf.ts";
import { PerfError } from "../src/perf-error.ts";
import type { PerfReport } from "../src/perf-report.ts";

/** The report, or the code of the error; anything else that is thrown fails the test. */
export function tryPerf(text: string): PerfReport | string {
  try {
    return parsePerf(text);
  } catch (error) {
    if (error instanceof PerfError) return error.code;
    throw error;
  }
}
