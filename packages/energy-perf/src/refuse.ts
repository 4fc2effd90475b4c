import { PerfError, quote } from "./perf-error.ts";

/** perf's own words, or the shell's about perf, when there is no report. The first that is found is told. */
const FAILURES: readonly RegExp[] = [
  /(event syntax error: .+\n\s*\\___ .+)/,
  /(event syntax error: .+)/,
  /(Access to performance monitoring and observability operations is limited)/,
  /(You may not have permission to collect .{0,40}stats)/,
  /(perf_event_paranoid setting is -?\d+)/,
  /(No permission to enable .{1,80} event)/,
  /(The sys_perf_event_open\(\) syscall returned with .+)/,
  /(No supported events found)/,
  /(Workload failed: .+)/,
  /(failed to create output file: .+)/,
  /^(.*\bperf\W{0,3}: (?:command not found|not found|No such file or directory).*)/m,
  /(perf not found for kernel .+)/,
];

/** perf prints joules in front of an energy event: such a line is a row, or a row that was damaged. */
const EVENT = String.raw`(?:\w{1,30}\/[\w-]{1,30}\/|energy[-_])`;
const ENERGY_LINE = new RegExp(
  String.raw`Joules\W{1,3}${EVENT}|[\d>][^\w-]{1,20}(?:\w{1,10}[^\w-]{1,3})?(?:\w{1,30}\/)?energy[-_]`,
);
const MARKED_NUMBER = /\d[.,'’\u202f\u00a0]\d+\W{1,3}Joules/;

/** Whether a line must not be skipped: it has an energy in it. */
export function isEnergyLine(line: string): boolean {
  return ENERGY_LINE.test(line);
}

/** The error for a line with an energy that is no row of the report. */
export function refuseRow(line: string, expected: string): PerfError {
  const code = MARKED_NUMBER.test(line) ? "AMBIGUOUS" : "BAD_OUTPUT";
  return new PerfError(code, `Expected ${expected}, got ${quote(line)}`);
}

/** The error for a text without any row. */
export function refuseText(text: string, expected = "a report of perf stat"): PerfError {
  if (text.trim() === "") return new PerfError("NOT_PERF", `Expected ${expected}, got an empty text`);
  for (const pattern of FAILURES) {
    const words = pattern.exec(text)?.[1];
    if (words !== undefined) return new PerfError("PERF_FAILED", `perf gave no report, it said ${quote(words)}`);
  }
  if (text.trimStart().startsWith("# started on ")) {
    return new PerfError("BAD_OUTPUT", `The report of perf stat ends before its first complete row: ${quote(text)}`);
  }
  return new PerfError("NOT_PERF", `Expected ${expected}, found no complete row of one in ${quote(text)}`);
}
