import { link, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { RecordsError } from "./errors.ts";
import { Flag } from "./flag.ts";
import { MetricJson } from "./metric.ts";
import { SCHEMA_VERSION } from "./plan.ts";
import type { RecordJson } from "./record.ts";
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
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return MetricsFileJson.parse(JSON.parse(text));
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : [];
    const why = issue === undefined ? `expected JSON: ${String(cause)}` : `${issue.path.join(".")}: ${issue.message}`;
    throw new RecordsError("BAD_RECORD", `${path}: ${why}`, { cause });
  }
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
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "ENOENT") return;
      if (code !== "EEXIST") throw error;
    }
  }
}

/** A record with the metrics that were extracted again in place of its own; its status stays. */
export function withMetrics(record: RecordJson, { performance_metrics, metrics, flags }: MetricsFileJson): RecordJson {
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
