import { quantityToJson, type SourceState } from "@ea/energy";
import { sourceToJson } from "../source-json.ts";
import type { Comparison } from "./compare.ts";
import { comparisonText } from "./comparison-text.ts";
import type { MeasureRequest } from "./measure-request.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { type Summary, summarize } from "./summarize.ts";

/** Everything that one `ea measure` has found. */
export interface MeasureOutcome {
  readonly request: MeasureRequest;
  readonly sources: readonly SourceState[];
  readonly runs: readonly MeasuredRun[];
  readonly comparisons: readonly Comparison[];
  readonly warnings: readonly string[];
  readonly isInterrupted: boolean;
  readonly toolVersion: string;
}

/** The document of `ea measure --json`. */
export function measureToJson(outcome: MeasureOutcome): Record<string, unknown> {
  const { request, sources, runs, comparisons, warnings, isInterrupted, toolVersion } = outcome;
  return {
    schema_version: 1,
    tool_version: toolVersion,
    interrupted: isInterrupted,
    sources: sources.map(sourceToJson),
    commands: request.subjects.map(({ label, argv }, index) => {
      const own = runs.filter(({ command }) => command === index);
      return { command: label, argv, runs: own.map(runToJson), summary: summarize(own).map(summaryToJson) };
    }),
    ...(request.subjects.length > 1 && {
      comparison: comparisons.map((comparison) =>
        comparisonToJson(comparison, comparisonText(comparison, request.subjects)),
      ),
    }),
    warnings,
  };
}

/** A comparison, and the sentence that says the same, as JSON. */
export function comparisonToJson(comparison: Comparison, text: string): Record<string, unknown> {
  const { name, unit, isEstimate, command, baseline, n, change, verdict } = comparison;
  return {
    name,
    unit,
    estimated: isEstimate,
    command,
    baseline,
    n,
    change: change?.change ?? null,
    interval95: change?.interval95 ?? null,
    verdict,
    text,
  };
}

function runToJson(run: MeasuredRun): Record<string, unknown> {
  return {
    exit_code: run.exitCode ?? null,
    signal: run.signal ?? null,
    interrupted: run.isInterrupted,
    duration_seconds: run.durationSeconds,
    energy: run.energies.map(({ quantity }) => quantityToJson(quantity)),
    power: run.energies.map(({ quantity, meanWatts, peakWatts }) => ({
      name: quantity.name,
      device: quantity.device ?? null,
      mean_watts: meanWatts ?? null,
      peak_watts: peakWatts ?? null,
    })),
    meters: run.meterCpuSeconds,
    leftover_processes: run.leftovers,
  };
}

function summaryToJson(summary: Summary): Record<string, unknown> {
  const { name, device, unit, sample, quality, reason, uncertaintyJoules, peakWatts } = summary;
  return {
    name,
    device: device ?? null,
    unit,
    n: sample?.n ?? 0,
    mean: sample?.mean ?? null,
    interval95: sample?.interval95 ?? null,
    standard_deviation: sample?.standardDeviation ?? null,
    min: sample?.min ?? null,
    max: sample?.max ?? null,
    ...(unit === "J" && { uncertainty: uncertaintyJoules ?? null }),
    ...(unit === "W" && { peak: peakWatts ?? null }),
    quality,
    reason: reason ?? null,
  };
}
