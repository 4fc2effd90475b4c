import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type MetricPatterns, metricsToJson, scanLog } from "@ea/metrics-parser";
import { isoWithOffset, type MetricsFileJson, readMetrics, SCHEMA_VERSION, writeMetrics } from "@ea/records";
import { foundMetrics, logFlags } from "@ea/runner";
import { table } from "../format.ts";
import type { FinishedRun } from "./find-runs.ts";
import { type OtherStatus, otherStatus, otherStatusFlag } from "./other-status.ts";

/** What came of one run. */
export interface Extraction {
  readonly experiment_id: string;
  /** The `metrics.json`; `null` when none was written. */
  readonly file: string | null;
  /** What readers were told before. */
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  /** What the run would be called by these metrics; `null` when that is what its record says, which stays in any case. */
  readonly other_status: OtherStatus | null;
  /** What the user should be told: why there is nothing new to say, or that the status would be another one. */
  readonly warning: string | undefined;
}

/** By what the metrics are extracted, and what is noted with them. */
export interface ReextractOptions {
  readonly patterns: MetricPatterns;
  readonly toolVersion: string;
  readonly now: Date;
}

/** Extracts the metrics of a finished run again, and writes them beside its record when they say something else. */
export async function reextract({ directory, record }: FinishedRun, options: ReextractOptions): Promise<Extraction> {
  const { patterns, toolVersion, now } = options;
  const { experiment_id, attempts } = record;
  const older = await readMetrics(directory);
  const before = older?.performance_metrics ?? record.performance_metrics;
  const attempt = attempts.at(-1)?.attempt ?? 1;
  const log = join(directory, `attempt_${attempt}`, "training.log");
  if (!existsSync(log)) {
    const warning = `its log is gone: ${log}`;
    return { experiment_id, file: null, before, after: before, other_status: null, warning };
  }
  const scan = await scanLog(createReadStream(log), { metrics: patterns });
  const other = otherStatus(record, scan);
  const flag = other && otherStatusFlag(record, other);
  const metrics: MetricsFileJson = {
    schema_version: SCHEMA_VERSION,
    extracted_at: isoWithOffset(now),
    tool_version: toolVersion,
    attempt,
    log_patterns: patterns,
    performance_metrics: foundMetrics(scan.metrics),
    metrics: metricsToJson(scan.metrics),
    flags: [...logFlags(scan), ...(flag ? [flag] : [])],
  };
  const after = metrics.performance_metrics;
  const isSame = older !== undefined && isDeepStrictEqual(lasting(older), lasting(metrics));
  const file = isSame ? null : await writeMetrics(directory, metrics);
  return { experiment_id, file, before, after, other_status: other ?? null, warning: flag?.message };
}

/** What two extractions by the same patterns from the same log share. */
function lasting({ extracted_at: _when, tool_version: _version, ...rest }: MetricsFileJson): unknown {
  return JSON.parse(JSON.stringify(rest));
}

/** A row for each run: what its metrics were, and what they are. */
export function extractionText(extractions: readonly Extraction[]): string {
  const names = [...new Set(extractions.flatMap(({ before, after }) => Object.keys({ ...before, ...after })))];
  const cell = (before: number | undefined, after: number | undefined): string | undefined => {
    if (before === after) return after === undefined ? undefined : String(after);
    return `${before ?? "-"} -> ${after ?? "-"}`;
  };
  const rows = extractions.map(({ experiment_id, file, before, after }) => [
    experiment_id,
    file === null ? "as before" : "written",
    ...names.map((name) => cell(before[name], after[name])),
  ]);
  return table(["run", "metrics.json", ...names], rows);
}
