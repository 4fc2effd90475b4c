import { createReadStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  FAILURE_PATTERNS,
  type FatalPattern,
  type LogScan,
  type MetricPattern,
  type MetricResult,
  metricsToJson,
  scanLog,
} from "@ea/metrics-parser";
import type { AttemptJson, FailureClass, ImportedJson } from "@ea/records";
import { headLines, readLogHead } from "./log-head.ts";
import type { OriginalMetrics } from "./original-metrics.ts";
import { parameterEchoes } from "./parameter-echoes.ts";

/** What the log of a training tells. */
export interface LogFacts {
  /** Relative to what is imported. */
  readonly file: string;
  /** What each pattern that counts has found. */
  readonly metrics: NonNullable<AttemptJson["metrics"]>;
  /** Values of the metrics that were found. */
  readonly values: Readonly<Record<string, number>>;
  readonly failure: { readonly failureClass: FailureClass; readonly message: string } | undefined;
  /** As the original's wrapper printed it. */
  readonly exitCode: number | undefined;
  /** What the wrapper has started. */
  readonly command: readonly string[];
  readonly echoed: ImportedJson["echoed"];
  readonly lines: number;
}

/** What is larger is read piece by piece. */
const WHOLE_BYTES = 8 * 2 ** 20;
/** Further signs of a failure in the logs of the original's six repositories. */
const FATAL: readonly FatalPattern[] = [
  ...FAILURE_PATTERNS,
  { name: "crash", pattern: /^.{0,60}not yet implemented in this script/m },
  { name: "crash", pattern: /^(?:\[ERROR\]\s*)?Unknown option: /m },
  { name: "crash", pattern: /^(?:\S+\.)?(?:LocalEntryNotFoundError|ConnectTimeout|ConnectError)\b/m },
];
const EXIT_CODE: MetricPattern = {
  pattern: "(?m)^\\[Train Wrapper\\] Training finished with exit code: ([0-9]+)",
  required: false,
  unit: "code",
};
/** No metric is called so: a name has no line break. */
const EXIT_NAME = "exit\ncode";

/** Reads a log: metrics, signs of a failure, echoes of parameters. */
export async function readLog(root: string, file: string, metrics: OriginalMetrics): Promise<LogFacts> {
  const path = join(root, file);
  const bytes = await readWhole(path);
  const head = bytes ? headLines(bytes) : await readLogHead(path);
  const patterns = Object.entries(metrics).flatMap(([name, { patterns: own }]) =>
    own.map((pattern, index): [string, MetricPattern] => [`${index}\n${name}`, pattern]),
  );
  const scan = await scanLog(bytes ? [bytes] : createReadStream(path), {
    metrics: Object.fromEntries([...patterns, [EXIT_NAME, EXIT_CODE]]),
    fatal: FATAL,
  });
  const found = bestOf(scan.metrics.filter(({ name }) => name !== EXIT_NAME));
  const exitCode = scan.metrics.find(({ name }) => name === EXIT_NAME)?.value;
  return {
    file,
    metrics: metricsToJson(found),
    values: Object.fromEntries(
      found.flatMap(({ name, outcome, value }) => (outcome === "found" && value !== undefined ? [[name, value]] : [])),
    ),
    failure: failureIn(scan, found, exitCode),
    exitCode,
    command: commandIn(head),
    echoed: parameterEchoes(head),
    lines: scan.lines,
  };
}

/** The bytes of a log that is small enough. */
async function readWhole(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path, "r");
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new TypeError("expected a file");
    return stats.size <= WHOLE_BYTES ? await readFile(file) : undefined;
  } finally {
    await file.close();
  }
}

/** Of each metric the first pattern that found something, else the first one. */
function bestOf(results: readonly MetricResult[]): readonly MetricResult[] {
  const best = new Map<string, MetricResult>();
  for (const result of results) {
    const name = result.name.slice(result.name.indexOf("\n") + 1);
    const known = best.get(name);
    if (!known || (known.outcome !== "found" && result.outcome === "found")) best.set(name, { ...result, name });
  }
  return [...best.values()];
}

/** A trace of an error is none of the training's end when results follow it. */
function failureIn(scan: LogScan, metrics: readonly MetricResult[], exitCode: number | undefined): LogFacts["failure"] {
  const oom = scan.fatal.find(({ name }) => name === "oom");
  if (oom) return { failureClass: "oom", message: `out of memory; line ${oom.line}: ${oom.text}` };
  const crash = scan.fatal.find(({ name }) => name === "crash");
  if (exitCode !== undefined && exitCode !== 0) {
    const why = crash ? `line ${crash.line}: ${crash.text}` : `the log ends with: ${scan.lastLine ?? "nothing"}`;
    return { failureClass: "crash", message: `exit code ${exitCode}; ${why}` };
  }
  const lastResult = Math.max(0, ...metrics.map(({ line, outcome }) => (outcome === "found" ? (line ?? 0) : 0)));
  if (!crash || crash.line < lastResult) return undefined;
  return { failureClass: "crash", message: `line ${crash.line}: ${crash.text}` };
}

function commandIn(head: readonly string[]): readonly string[] {
  const prefix = "[Train Wrapper] Command: ";
  const line = head.find((each) => each.startsWith(prefix));
  return line === undefined ? [] : line.slice(prefix.length).trim().split(/\s+/);
}
