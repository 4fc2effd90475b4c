import { z } from "zod";
import type { BadRow } from "./bad-rows.ts";
import type { ColumnSummary } from "./column-summary.ts";
import { type ColumnTakerOptions, columnTaker } from "./column-taker.ts";
import { readRows } from "./read-rows.ts";
import type { TelemetrySource } from "./telemetry-source.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const Settings = z.object({
  delimiter: z.enum(DELIMITERS).optional(),
  timeUnit: z.enum(["s", "ms", "us", "ns"]).optional(),
});

/** How far `columnStatistics` has come. */
export interface StatisticsProgress {
  /** Of the source, before it was unzipped. */
  readonly bytesRead: number;
  /** The columns so far. */
  readonly columns: () => Readonly<Record<string, ColumnSummary>>;
}

/** Which columns to summarise, and how the text is written. */
export interface ColumnStatisticsOptions extends ColumnTakerOptions {
  /** Detected from the header when not given. */
  readonly delimiter?: (typeof DELIMITERS)[number] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each block of the source, which has 64 KiB or more. */
  readonly onProgress?: ((progress: StatisticsProgress) => void) | undefined;
}

/** Statistics of a CSV text; `columns` is keyed by the names as asked for, or else as the header has them. */
export interface ColumnStatistics {
  /** How many rows were taken, without the header and the bad ones. */
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnSummary>>;
  /**
   * How many rows were left out because they have another number of cells than the header, or broken quotes, or are the
   * last one, without its newline: a number that is asked for may be cut there.
   */
  readonly badRows: number;
  /** The first 20 of those. */
  readonly firstBadRows: readonly BadRow[];
}

/**
 * Summarises the columns of a CSV text of any size in constant memory.
 *
 * @throws MetricsParserError `MISSING_COLUMN`, `BAD_CSV`, `BAD_GZIP`, `BAD_FILE` or `FILE_CHANGED`; the source's own error
 */
export function columnStatistics(
  source: TelemetrySource,
  options: ColumnStatisticsOptions = {},
): Promise<ColumnStatistics> {
  return statisticsBy("bytes", source, options);
}

/** The same, either by our own scanner as far as that goes, or by csv-parse alone. */
export async function statisticsBy(
  reader: "bytes" | "csv-parse",
  source: TelemetrySource,
  { signal, onProgress, ...options }: ColumnStatisticsOptions,
): Promise<ColumnStatistics> {
  const { delimiter } = Settings.parse(options);
  const taker = columnTaker(options);
  const onBytes =
    onProgress && ((bytesRead: number): void => onProgress({ bytesRead, columns: () => taker.summaries() }));
  const counts = await readRows(source, taker, { delimiter, signal, onBytes, isScanned: reader === "bytes" });
  return { ...counts, columns: taker.summaries() };
}
