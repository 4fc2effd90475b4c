import { existsSync } from "node:fs";
import { link } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Flag } from "./flag.ts";
import { hasCode } from "./has-code.ts";
import { MetricJson } from "./metric.ts";
import { readJson } from "./read-json.ts";
import type { RecordJson } from "./record.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { toJsonText, writeFileAtomically } from "./write-file.ts";

/** `metrics.json`: metrics that were extracted again from the log of a finished run. */
export const MetricsFileJson = z.looseObject({
  schema_version: z.literal(SCHEMA_VERSION),
  extracted_at: z.iso.datetime({ offset: true }),
  tool_version: z.string(),
  /** The attempt whose log was read. */
  attempt: z.int().positive(),
  /** The patterns that were used. */
  log_patterns: z.record(z.string(), z.unknown()),
  performance_metrics: z.record(z.string(), z.number()),
  metrics: z.record(z.string(), MetricJson),
  flags: z.array(Flag),
});
/** The content of a `metrics.json`. */
export type MetricsFileJson = z.infer<typeof MetricsFileJson>;

/**
 * Reads the `metrics.json` of a row; `undefined` when there is none.
 *
 * @throws {RecordsError} `BAD_RECORD` when it is none, naming the path inside it.
 */
export async function readMetrics(rowDirectory: string): Promise<MetricsFileJson | undefined> {
  const path = join(rowDirectory, "metrics.json");
  return existsSync(path) ? readJson(path, MetricsFileJson, "BAD_RECORD") : undefined; // nearly no row has one
}

/** Writes the `metrics.json` of a row; one that is there is kept as `metrics.1.json`, `metrics.2.json` … */
export async function writeMetrics(rowDirectory: string, metrics: MetricsFileJson): Promise<string> {
  const path = join(rowDirectory, "metrics.json");
  await keepOlder(path, rowDirectory);
  await writeFileAtomically(path, toJsonText(metrics));
  return path;
}

async function keepOlder(path: string, rowDirectory: string): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      await link(path, join(rowDirectory, `metrics.${count}.json`)); // fails where the name is taken
      return;
    } catch (error) {
      if (hasCode(error, "ENOENT")) return;
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

/**
 * A record with the metrics that were extracted again in place of its own; its status stays. Metrics of another attempt
 * than its last, which is from before the row ran once more, change nothing.
 */
export function withMetrics(record: RecordJson, again: MetricsFileJson): RecordJson {
  const { attempt: extracted, performance_metrics, metrics, flags } = again;
  if (record.attempts.at(-1)?.attempt !== extracted) return record;
  const others = (all: readonly Flag[]): readonly Flag[] => all.filter(({ code }) => !code.startsWith("metric-"));
  return {
    ...record,
    performance_metrics,
    flags: [...others(record.flags), ...flags],
    attempts: record.attempts.map((attempt, index) =>
      index < record.attempts.length - 1
        ? attempt
        : { ...attempt, performance_metrics, metrics, flags: [...others(attempt.flags), ...flags] },
    ),
  };
}
