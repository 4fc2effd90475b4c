import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { RecordsError } from "./errors.ts";
import { hasCode } from "./has-code.ts";
import { parseJson } from "./read-json.ts";

/** Most rows are shorter than this many bytes; a longer one is read in several pieces. */
const PIECE = 4096;
const NEWLINE = 0x0a;
/** All that a line has to say while it is looked for. */
const Numbered = z.looseObject({ row: z.int().nonnegative() });

/** A line of the file: where it begins, and where the next one does. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Reads the lines of rows that follow one another out of a `rows.jsonl`. Its lines are in the order of their rows, so that a
 * bisection finds the first one: of a file of 50 MB some 15 pieces of it are read.
 *
 * @throws {RecordsError} `BAD_PLAN` when there is no such file or no such row.
 */
export async function readRowLines(
  path: string,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<readonly string[]> {
  const file = await open(path, "r").catch((cause: unknown) => {
    if (!hasCode(cause, "ENOENT")) throw cause;
    throw new RecordsError("BAD_PLAN", `${path}: expected the rows of the plan, found no such file`, { cause });
  });
  try {
    let line = await findRow(file, path, first);
    const lines: string[] = [];
    while (line && lines.length < count) {
      lines.push(line.text);
      if (lines.length < count) line = await lineAt(file, line.end);
    }
    if (lines.length === count) return lines;
    throw new RecordsError("BAD_PLAN", `${path}: expected row ${first + lines.length}, found no such line`);
  } finally {
    await file.close();
  }
}

/** The line of a row, by bisection over the bytes of the file. */
async function findRow(file: FileHandle, path: string, row: number): Promise<Line | undefined> {
  let low = 0; // a line begins here, of no later row
  let high = (await file.stat()).size; // lines that begin here or later are of later rows
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const start = middle === low ? low : await lineStart(file, middle);
    const line = start < high ? await lineAt(file, start) : undefined;
    if (!line) {
      // No line begins in the second half
      high = middle;
      continue;
    }
    const found = rowOf(line.text, path);
    if (found === row) return line;
    if (found < row) low = line.end;
    else high = middle;
  }
  return undefined;
}

function rowOf(text: string, path: string): number {
  return parseJson(text, path, Numbered, "BAD_PLAN").row;
}

/** Where the first line begins that begins at this byte or later. */
async function lineStart(file: FileHandle, position: number): Promise<number> {
  const piece = Buffer.alloc(PIECE);
  for (let from = position - 1; ; from += PIECE) {
    const { bytesRead } = await file.read(piece, 0, PIECE, from);
    const newline = piece.subarray(0, bytesRead).indexOf(NEWLINE);
    if (newline >= 0) return from + newline + 1;
    if (bytesRead === 0) return from;
  }
}

/** The line that begins at this byte; `undefined` at the end of the file, and for a line that nobody has ended. */
async function lineAt(file: FileHandle, start: number): Promise<Line | undefined> {
  const pieces: Buffer[] = [];
  for (let from = start; ; ) {
    const piece = Buffer.alloc(PIECE);
    const { bytesRead } = await file.read(piece, 0, PIECE, from);
    if (bytesRead === 0) return undefined;
    const newline = piece.subarray(0, bytesRead).indexOf(NEWLINE);
    if (newline >= 0) {
      const text = Buffer.concat([...pieces, piece.subarray(0, newline)]).toString("utf8");
      return { start, end: from + newline + 1, text };
    }
    pieces.push(piece.subarray(0, bytesRead));
    from += bytesRead;
  }
}
