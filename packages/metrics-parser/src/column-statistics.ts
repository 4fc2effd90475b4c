import { type CellReader, cellReader } from "./cell-reader.ts";
import { ColumnAccumulator, type ColumnSummary } from "./column-summary.ts";
import { csvRecords } from "./csv-records.ts";
import { type FoundColumn, findColumns } from "./find-columns.ts";
import type { TextSource } from "./text-source.ts";

/** Which columns to summarise, by header name with or without the unit; all of them by default. */
export interface ColumnStatisticsOptions {
  readonly columns?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
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
}

interface Column extends FoundColumn {
  readonly read: CellReader;
  readonly accumulator: ColumnAccumulator;
}

/**
 * Summarises the columns of a CSV text of any size in constant memory.
 *
 * @throws MetricsParserError `MISSING_COLUMN` or `BAD_CSV`
 */
export async function columnStatistics(
  source: TextSource,
  { columns: wanted, signal }: ColumnStatisticsOptions = {},
): Promise<ColumnStatistics> {
  let width: number | undefined;
  let columns: readonly Column[] = [];
  let rows = 0;
  let badRows = 0;
  const onBadRecord = (): void => {
    badRows += 1;
  };
  let isUnterminated = false;
  const onUnterminated = (): void => {
    isUnterminated = true;
  };
  for await (const record of csvRecords(source, { onBadRecord, onUnterminated, signal })) {
    if (width === undefined) {
      width = record.length;
      columns = toColumns(record, wanted);
    } else if (record.length !== width || (isUnterminated && mayBeCut(record, columns))) badRows += 1;
    else {
      rows += 1;
      for (const { index, read, accumulator } of columns) accumulator.add(read(record[index] ?? ""));
    }
  }
  if (width === undefined) columns = toColumns([], wanted);
  return {
    rows,
    columns: Object.fromEntries(columns.map(({ name, accumulator }) => [name, accumulator.summary()])),
    badRows,
  };
}

/** Only the last cell of a row of full width may be cut; a unit that the column had before ends it for certain. */
function mayBeCut(record: readonly string[], columns: readonly Column[]): boolean {
  const last = record.length - 1;
  const cell = record[last] ?? "";
  return columns.some(({ index, read }) => index === last && !read.hasUnitSeen(cell));
}

function toColumns(header: readonly string[], wanted: readonly string[] | undefined): readonly Column[] {
  return findColumns(header, wanted).map((column) => ({
    ...column,
    read: cellReader(),
    accumulator: new ColumnAccumulator(),
  }));
}
