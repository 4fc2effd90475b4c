import { type GpuSample, type SampleReader, sampleReader } from "./gpu-sample.ts";

/** Names by which a header is known; a time stamp alone could be anything's. */
const KNOWN = /^(?:index|uuid|name|power\.draw(?:\.\w+)?|utilization\.gpu|temperature\.gpu)$/;
/** A column's name, with or without its unit. */
const COLUMN = /^[a-z][\w.]*(?: \[[^\]]+\])?$/i;

/** Reads the output of one `nvidia-smi --query-gpu=… --format=csv[,nounits]`, line by line. */
export interface QueryParser {
  /** The sample in one complete line; `undefined` for the header, blank lines and what is no row. */
  line(text: string): GpuSample | undefined;
  /**
   * The sample in a last line without its newline, which may be cut: without its last cell, unless a cell is missing; and
   * only of a GPU that had no row before. One sweep is often stored so, and no energy hangs on it.
   */
  lastLine(text: string): GpuSample | undefined;
  /** Whether the header was seen. */
  hasHeader(): boolean;
  /** Lines that were neither header nor row so far. */
  badLines(): number;
}

/** A parser that learns the columns from the header line; a later header (a file that was written twice) counts from there. */
export function queryParser(): QueryParser {
  let width = -1;
  let header = "";
  let read: SampleReader | undefined;
  let badLines = 0;
  const seen = new Set<string | number>();
  const keyOf = (sample: GpuSample): string | number => sample.uuid ?? sample.index ?? "";
  return {
    line(text) {
      const cells = cellsOf(text);
      const sample = cells.length === width && text !== header ? read?.(cells) : undefined;
      if (sample) {
        seen.add(keyOf(sample));
        return sample;
      }
      if (isHeader(cells)) [width, header, read] = [cells.length, text, sampleReader(cells)];
      else if (text.trim() !== "") badLines += 1;
      return undefined;
    },
    lastLine(text) {
      const cells = cellsOf(text);
      const sample = cells.length === width ? read?.([...cells.slice(0, -1), ""]) : undefined;
      return sample && !seen.has(keyOf(sample)) ? sample : undefined;
    },
    hasHeader: () => read !== undefined,
    badLines: () => badLines,
  };
}

/** As nvidia-smi writes them, or as other programs write them again; a pattern for both takes twice the time. */
function cellsOf(line: string): readonly string[] {
  const cells = line.trim().split(", ");
  return cells.length > 1 ? cells : line.trim().split(",");
}

/** Whether these are the names of columns: no number, no bracketed word, and one that is known. */
function isHeader(names: readonly string[]): boolean {
  return names.every((name) => COLUMN.test(name)) && names.some((name) => KNOWN.test(name.replace(/ \[[^\]]+\]$/, "")));
}
