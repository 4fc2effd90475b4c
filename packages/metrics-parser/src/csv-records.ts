import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { MetricsParserError } from "./errors.ts";
import { lineEnd } from "./line-end.ts";
import { piecesOf, type TextSource } from "./text-source.ts";

const MAX_RECORD_LENGTH = 1_048_576;

/** Where the records come from, and what is told of those that cannot be read. */
export interface CsvRecordsOptions {
  readonly onBadRecord: () => void;
  /** Called before the last record when no newline ends it: it may be cut, within its last cell. */
  readonly onUnterminated?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Streams the records of a CSV text, header included, ragged ones too; blank lines and white space around cells go.
 *
 * @throws MetricsParserError `BAD_CSV` when a record is longer than 1 MiB
 */
export async function* csvRecords(
  source: TextSource,
  { onBadRecord, onUnterminated, signal }: CsvRecordsOptions,
): AsyncGenerator<readonly string[], void> {
  const end = lineEnd();
  let goodBeforeBad = -1;
  const parser = parse({
    bom: true,
    max_record_size: MAX_RECORD_LENGTH,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      // csv-parse counts such a record once per piece and loses the one after it
      if (error?.code === "CSV_MAX_RECORD_SIZE") parser.destroy(error);
      else onBadRecord();
      goodBeforeBad = parser.info.records;
      return undefined;
    },
    trim: true,
  });
  const done = pipeline(Readable.from(end.watch(piecesOf(source, signal))), parser).catch(() => undefined);
  try {
    let last: readonly string[] | undefined;
    for await (const record of parser) {
      if (last) yield last;
      last = record;
    }
    if (end.isOpen() && goodBeforeBad !== parser.info.records) onUnterminated?.();
    if (last) yield last;
  } catch (cause) {
    signal?.throwIfAborted();
    if (!(cause instanceof CsvError)) throw cause;
    throw new MetricsParserError("BAD_CSV", `Expected CSV: ${cause.message}`, { cause });
  } finally {
    parser.destroy();
    await done;
  }
}
