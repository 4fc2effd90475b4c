import { NvsmiError } from "@ea/energy-nvsmi";
import { PerfError } from "@ea/energy-perf";
import { MetricsParserError } from "@ea/metrics-parser";
import { configError, type RunnerError } from "@ea/runner";

/** The error for a file that cannot be parsed; exit code 2. */
export function inputError(file: string, message: string): RunnerError {
  return configError([{ file, path: "", message }]);
}

/** What a parser's refusal of a file, or of the patterns from `patterns`, becomes; everything else stays as it is. */
export function refusal(file: string, error: unknown, patterns = "--pattern"): unknown {
  if (error instanceof PerfError || error instanceof NvsmiError)
    return inputError(file, `${error.message} (${error.code})`);
  if (error instanceof MetricsParserError) {
    return inputError(error.code === "BAD_PATTERN" ? patterns : file, `${error.message} (${error.code})`);
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (error instanceof Error && (code === "ERR_STRING_TOO_LONG" || /Invalid string length/.test(error.message))) {
    return inputError(file, "expected a report that fits into memory, found a larger file");
  }
  if (error instanceof Error && typeof code === "string" && /^E[A-Z]+$/.test(code))
    return inputError(file, error.message);
  return error;
}
