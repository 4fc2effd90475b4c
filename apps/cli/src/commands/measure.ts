import { type FileHandle, open } from "node:fs/promises";
import type { SourceState } from "@ea/energy";
import { configError } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { interruptible, type StopSignal } from "../interruptible.ts";
import { compare } from "../measure/compare.ts";
import { measureCsv } from "../measure/measure-csv.ts";
import { measureToJson } from "../measure/measure-json.ts";
import type { MeasureFlags } from "../measure/measure-options.ts";
import { type MeasureRequest, measureRequest } from "../measure/measure-request.ts";
import { nextMeasure } from "../measure/next-measure.ts";
import { rawDirectory } from "../measure/raw-directory.ts";
import { measureReport } from "../measure/report.ts";
import { type RunOutcome, runCommands } from "../measure/run-commands.ts";
import { SIGNAL_LAG_MS } from "../measure/run-once.ts";
import { measureWarnings } from "../measure/warnings.ts";
import { allMeters } from "../meters.ts";
import { tagSession } from "../session-tag.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

/** `ea measure`: energy, power and duration of commands; `argv` is what stands after `--`. */
export async function measure(
  flags: MeasureFlags,
  argv: readonly string[] | undefined,
  terminal: Terminal,
): Promise<number> {
  const request = measureRequest(flags, argv, terminal.workingDirectory);
  const csv = request.csvFile === undefined ? undefined : await openCsv(request.csvFile);
  const raw = await rawDirectory(request.keepDirectory);
  try {
    const { outcome, sources, interruptedBy } = await runAll(request, raw.path, terminal);
    const { runs, failure, fault } = outcome;
    const comparisons = compare(request.subjects, runs);
    const warnings = [...outcome.warnings, ...measureWarnings(request, sources, runs)];
    await csv?.writeFile(measureCsv(request.subjects, runs));
    if (request.isJson) {
      const isInterrupted = interruptedBy !== undefined;
      const found = { request, sources, runs, comparisons, warnings, isInterrupted, toolVersion: TOOL_VERSION };
      if (!fault || runs.length > 0) terminal.out(`${JSON.stringify(measureToJson(found), undefined, 2)}\n`);
    } else if (runs.length > 0) {
      const report = measureReport(request, runs, comparisons);
      // Where the command has written to stdout, the report stands aside
      if (request.isOutputShown) terminal.err(`\n${report}`);
      else terminal.out(report);
    }
    for (const warning of warnings) terminal.err(`${terminal.paint("yellow", `warning: ${warning}`)}\n`);
    for (const line of endingLines(request, outcome, interruptedBy)) terminal.err(`${terminal.paint("red", line)}\n`);
    if (fault) return EXIT.notMeasured;
    if (interruptedBy) return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    if (failure) return failure.exitStatus;
    if (!request.isJson) terminal.err(`Next: ${nextMeasure(request, comparisons, argv)}\n`);
    return EXIT.ok;
  } finally {
    await csv?.close();
    await raw.release();
  }
}

async function runAll(
  request: MeasureRequest,
  directory: string,
  terminal: Terminal,
): Promise<{
  readonly outcome: RunOutcome;
  readonly sources: readonly SourceState[];
  readonly interruptedBy: StopSignal | undefined;
}> {
  const { tag, watchdog, environment } = tagSession(terminal);
  const meters = allMeters(terminal.environment);
  const { workingDirectory, isInteractive: isForeground, err: write } = terminal;
  const columns = terminal.liveColumns();
  let runsUntilMs = 0;
  const words = "Stopping: a running command gets 10 s to end. Again to kill it now.";
  // The keys of a terminal reach a command in the foreground by themselves; it decides what becomes of them
  const isDelivered = (signal: StopSignal): boolean =>
    signal === "SIGINT" && isForeground && performance.now() <= runsUntilMs;
  const { result, interruptedBy } = await interruptible(terminal, { words, isDelivered }, async (signals) => {
    const sources = await Promise.all(meters.map((meter) => meter.probe()));
    const outcome = await runCommands(request, {
      ...signals,
      meters,
      directory,
      workingDirectory,
      environment,
      tag,
      isForeground,
      onMark: watchdog.mark,
      onRunning: (isRunning) => {
        runsUntilMs = isRunning ? Number.POSITIVE_INFINITY : performance.now() + SIGNAL_LAG_MS;
      },
      live: columns !== undefined && !request.isOutputShown ? { columns, write } : undefined,
    });
    return { sources, outcome };
  });
  return { ...result, interruptedBy };
}

/** Why it ended before its end. */
function endingLines(
  { subjects, runs, isOutputShown }: MeasureRequest,
  outcome: RunOutcome,
  interruptedBy: StopSignal | undefined,
): readonly string[] {
  const { failure, fault } = outcome;
  const planned = subjects.length * runs;
  const stopped = outcome.runs.length < planned ? `; ended after ${outcome.runs.length} of ${planned} runs` : "";
  if (fault) return [`error: ${fault.message}${stopped}`];
  if (interruptedBy) return [`interrupted by ${interruptedBy}${stopped}`];
  // Of a single run whose output was seen everything is told
  if (!failure || (planned === 1 && isOutputShown)) return [];
  const hints = [
    ...(stopped === "" ? [] : ["--ignore-failure goes on"]),
    ...(isOutputShown ? [] : ["--show-output shows what it prints"]),
  ];
  return [`${failure.words}${stopped}${hints.length > 0 ? ` (${hints.join("; ")})` : ""}`];
}

async function openCsv(file: string): Promise<FileHandle> {
  try {
    return await open(file, "w");
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const message = `expected a file that can be written, found ${words}`;
    throw configError([{ file: undefined, path: "--export-csv", message }]);
  }
}
