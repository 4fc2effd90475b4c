import { type CsvRowReader, csvDialect, csvRowReader } from "./csv-row.ts";
import { JSON_START, readJsonRow } from "./json-row.ts";
import { PerfError, quote } from "./perf-error.ts";
import type { PerfRow } from "./perf-row.ts";
import { isEnergyLine, refuseRow } from "./refuse.ts";

/** What a reader has seen. */
interface RowsSeen {
  /** `undefined` while there was no complete row. */
  readonly form: "csv" | "json" | undefined;
  /** 1 when the text ended within a row: that row is left out. */
  readonly droppedRows: number;
  /** Complete lines, or texts between objects, that are no rows of any event. */
  readonly badLines: number;
  /** How often perf said that it started. */
  readonly starts: number;
}

/** Reads `perf stat -x` or `-j` in pieces of any size. */
export interface RowReader {
  /** The energies in the rows that this piece completes. */
  push(chunk: string): PerfRow[];
  /** Tells that the text ends, and gives the energies in what is complete only now. */
  end(): PerfRow[];
  seen(): RowsSeen;
}

/** A reader that finds out by itself which of the two forms it gets, and with which separator. */
export function rowReader(): RowReader {
  let rest = "";
  let readCsv: CsvRowReader | undefined;
  let isJson = false;
  let objects = "";
  let firstUnread: string | undefined;
  let badLines = 0;
  let droppedRows = 0;
  let starts = 0;

  const readLine = (line: string, rows: PerfRow[]): void => {
    if (!readCsv && !isJson) detect(line);
    if (isJson) readObjects(line, rows);
    else readCsvLine(line, rows);
  };

  const detect = (line: string): void => {
    const dialect = csvDialect(line);
    if (dialect) readCsv = csvRowReader(dialect);
    else isJson = JSON_START.test(line);
    if ((dialect || isJson) && firstUnread !== undefined)
      throw new PerfError("BAD_OUTPUT", `Expected one report of perf stat, got ${quote(firstUnread)} before it`);
  };

  const readCsvLine = (line: string, rows: PerfRow[]): void => {
    const row = readCsv?.(line);
    if (row === undefined) skip(line);
    else if (row !== "other") rows.push(row);
  };

  // Objects end where they are closed, not where the line ends: perf prints several in one line, and mail wraps them
  const readObjects = (line: string, rows: PerfRow[]): void => {
    objects += `${line}\n`;
    if (!line.includes("}")) return;
    const pieces = objects.split("}");
    objects = pieces.pop() ?? "";
    for (const piece of pieces) {
      const start = piece.indexOf("{");
      const between = start === -1 ? piece : piece.slice(0, start);
      for (const text of between.split("\n")) skip(text);
      const row = start === -1 ? "other" : readJsonRow(`${piece.slice(start)}}`);
      if (row === undefined) skip(piece.slice(start));
      else if (row !== "other") rows.push(row);
    }
  };

  const skip = (line: string): void => {
    if (line.startsWith("# started on ")) starts += 1;
    else if (line.trim() !== "" && !line.startsWith("#")) badLines += 1;
    if (!isEnergyLine(line)) return;
    // Before the first row the form is open: the text may be for people
    if (!readCsv && !isJson) firstUnread ??= line;
    else throw refuseRow(line, readCsv ? "a row of perf stat -x as those before it" : "objects of perf stat -j");
  };

  return {
    push(chunk) {
      rest += chunk;
      if (!chunk.includes("\n")) return [];
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      const rows: PerfRow[] = [];
      for (const line of lines) readLine(line, rows);
      return rows;
    },
    end() {
      const rows: PerfRow[] = [];
      if (isJson || JSON_START.test(rest)) readLine(rest, rows);
      else if (rest.trim() !== "") droppedRows = 1;
      if (objects.includes("{")) droppedRows = 1;
      else skip(objects);
      rest = "";
      objects = "";
      return rows;
    },
    seen: () => ({ form: readCsv ? "csv" : isJson ? "json" : undefined, droppedRows, badLines, starts }),
  };
}
