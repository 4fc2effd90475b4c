import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, type Parser, parse } from "csv-parse";
import { MetricsParserError } from "./errors.ts";
import { lineEnd } from "./line-end.ts";

/** No record may be longer, in bytes. */
export const MAX_RECORD_LENGTH = 1_048_576;

/** One record of a CSV text. */
export interface CsvRecord {
  /** Without white space around them. */
  readonly cells: readonly string[];
  /** The 1-based line on which it begins. */
  readonly line: number;
  /** Whether it is the last one and no newline ends it: it may be cut, within its last cell. */
  readonly isOpen: boolean;
}

/** How the text is written, and what is told of records that cannot be read. */
export interface CsvRecordsOptions {
  readonly delimiter: string;
  /** The 1-based line on which the text begins. */
  readonly line: number;
  readonly onBadRecord: (line: number, reason: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Streams the records of a CSV text, ragged ones too; blank lines are left out. A line ends with `\n`, `\r\n` or `\r`.
 *
 * @throws MetricsParserError `BAD_CSV` when a record is longer than 1 MiB
 */
export async function* csvRecords(
  pieces: AsyncIterable<Uint8Array>,
  { delimiter, line, onBadRecord, signal }: CsvRecordsOptions,
): AsyncGenerator<CsvRecord, void> {
  const end = lineEnd();
  // Of the records that were parsed and not yet read
  const lines: number[] = [];
  let brokenLine: number | undefined;
  const parser = csvParser(delimiter, line, {
    onRecord: (recordLine) => lines.push(recordLine),
    onBroken: (recordLine) => {
      brokenLine = recordLine;
    },
  });
  // What fails comes out of the parser; not awaited, for a source that is stuck would never end
  pipeline(Readable.from(end.watch(pieces)), parser).catch(() => undefined);
  try {
    let last: Omit<CsvRecord, "isOpen"> | undefined;
    const records: AsyncIterable<readonly string[]> = parser;
    for await (const record of records) {
      if (last) yield { ...last, isOpen: false };
      last = { cells: record.map(toCell), line: lines.shift() ?? line };
    }
    // What is broken comes last, so it is what no newline ends
    if (last) yield { ...last, isOpen: end.isOpen() && brokenLine === undefined };
    if (brokenLine !== undefined) onBadRecord(brokenLine, "a quote that is never closed");
  } catch (cause) {
    signal?.throwIfAborted();
    if (!(cause instanceof CsvError)) throw cause;
    throw new MetricsParserError("BAD_CSV", `Expected CSV: ${cause.message}`, { cause });
  } finally {
    parser.destroy();
  }
}

interface ParserEvents {
  readonly onRecord: (line: number) => void;
  /** Of the only record that the parser can leave out: it ends with the text, within a quote. */
  readonly onBroken: (line: number) => void;
}

function csvParser(delimiter: string, firstLine: number, { onRecord, onBroken }: ParserEvents): Parser {
  let lines = firstLine;
  const parser = parse({
    delimiter,
    // csv-parse loses the rest of a piece after `"1"x` when it also trims at the right
    ltrim: true,
    max_record_size: MAX_RECORD_LENGTH,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (record, { empty_lines: blankLines }) => {
      onRecord(lines + blankLines);
      lines += record.reduce((total, cell) => total + lineBreaksIn(cell), 1);
      return record;
    },
    on_skip: (error) => {
      const line = lines + parser.info.empty_lines;
      // csv-parse counts such a record once per piece and loses the one after it
      if (error?.code === "CSV_MAX_RECORD_SIZE") parser.destroy(tooLong(line, error));
      else onBroken(line);
      return undefined;
    },
  });
  return parser;
}

function tooLong(line: number, cause: CsvError): MetricsParserError {
  return new MetricsParserError("BAD_CSV", `Expected CSV: the record on line ${line} is longer than 1 MiB`, { cause });
}

function lineBreaksIn(cell: string): number {
  return cell.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Quotes are still there when white space follows them. */
function toCell(raw: string): string {
  const cell = raw.trimEnd();
  return cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell;
}
