/** Takes the rows of a CSV text in order, each one either as bytes or as strings. */
export interface RowTaker {
  /**
   * Takes the names of the columns, trimmed, before all rows.
   *
   * @throws MetricsParserError when they are not those that are expected
   */
  header(names: readonly string[]): void;
  /**
   * Takes a row of the header's width: its cell i lies in `bytes` between `ends[row + i]`, exclusive, and
   * `ends[row + i + 1]`, during this call only. Gives the reason when the row is to be left out.
   */
  bytes(bytes: Uint8Array, ends: Int32Array, row: number): string | undefined;
  /** Takes a row of the header's width as strings, trimmed; no newline ends one that is open: its last cell may be cut. */
  text(cells: readonly string[], isOpen: boolean): string | undefined;
}

/** The reason for leaving out a row of another width than the header's. */
export function wrongWidth(cells: number, width: number): string {
  return `${cells} ${cells === 1 ? "cell" : "cells"} where the header has ${width}`;
}
