import { ByteCellReader, type CellTaker } from "./byte-cell-reader.ts";
import { type CellReader, cellReader } from "./cell-reader.ts";
import { ColumnAccumulator, type ColumnSummary } from "./column-summary.ts";
import { type FoundColumn, findColumns } from "./find-columns.ts";
import type { RowTaker } from "./row-taker.ts";
import { type TimeReader, type TimeUnit, timeReader } from "./time-cell.ts";
import { TimeSeries } from "./time-series.ts";

/** Which columns to summarise, and over which time. */
export interface ColumnTakerOptions {
  readonly columns?: readonly string[] | undefined;
  readonly timeColumn?: string | undefined;
  readonly timeUnit?: TimeUnit | undefined;
}

/** A taker of rows that summarises their columns. */
export interface ColumnTaker extends RowTaker {
  /** By the names as asked for, or else as the header has them; empty before the header. */
  summaries(): Readonly<Record<string, ColumnSummary>>;
}

interface Column extends FoundColumn {
  readonly read: CellReader;
  readonly readBytes: ByteCellReader;
  readonly accumulator: ColumnAccumulator;
  readonly series: TimeSeries | undefined;
  readonly taker: CellTaker;
}

interface Time extends FoundColumn {
  readonly read: TimeReader;
}

const MAY_BE_CUT = "the last line, without its newline: its last cell may be cut";

/** Makes a taker for one text. */
export function columnTaker({ columns: wanted, timeColumn, timeUnit }: ColumnTakerOptions): ColumnTaker {
  let columns: readonly Column[] = [];
  let time: Time | undefined;
  let timeMs = Number.NaN;

  const toColumn = (column: FoundColumn): Column => {
    const read = cellReader();
    const accumulator = new ColumnAccumulator();
    const series = time && new TimeSeries();
    const timed = {
      add: (value: number): void => {
        accumulator.add(value);
        series?.add(timeMs, value);
      },
      miss: accumulator.miss.bind(accumulator),
    };
    return {
      ...column,
      read,
      readBytes: new ByteCellReader(read),
      accumulator,
      series,
      taker: series ? timed : accumulator,
    };
  };
  /** Only the last cell of a row of full width may be cut; a unit that the column had before ends it for certain. */
  const mayBeCut = (cells: readonly string[]): boolean => {
    const last = cells.length - 1;
    return (
      time?.index === last || columns.some(({ index, read }) => index === last && !read.hasUnitSeen(cells[last] ?? ""))
    );
  };

  return {
    header(names) {
      const [found] = timeColumn === undefined ? [] : findColumns(names, [timeColumn]);
      time = found && { ...found, read: timeReader(names[found.index] ?? "", timeUnit) };
      columns = findColumns(names, wanted).map(toColumn);
    },
    bytes(bytes, ends, row) {
      if (time) timeMs = time.read(bytes, (ends[row + time.index] ?? 0) + 1, ends[row + time.index + 1] ?? 0);
      // No iterator: it would take a fifth of the time
      for (let at = 0; at < columns.length; at += 1) {
        const column = columns[at];
        if (!column) break;
        const { index, readBytes, taker } = column;
        readBytes.take(bytes, (ends[row + index] ?? 0) + 1, ends[row + index + 1] ?? 0, taker);
      }
      return undefined;
    },
    text(cells, isOpen) {
      if (isOpen && mayBeCut(cells)) return MAY_BE_CUT;
      if (time) {
        const cell = Buffer.from(cells[time.index] ?? "");
        timeMs = time.read(cell, 0, cell.length);
      }
      for (const { index, read, taker } of columns) {
        const reading = read(cells[index] ?? "");
        if (typeof reading === "number") taker.add(reading);
        else taker.miss(reading);
      }
      return undefined;
    },
    summaries: () =>
      Object.fromEntries(
        columns.map(({ name, accumulator, series }) => [
          name,
          { ...accumulator.summary(), ...(series && { overTime: series.summary() }) },
        ]),
      ),
  };
}
