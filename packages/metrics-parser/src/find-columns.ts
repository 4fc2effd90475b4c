import { MetricsParserError } from "./errors.ts";

/** A column that is asked for: the name it was asked by and its place in a row. */
export interface FoundColumn {
  readonly name: string;
  readonly index: number;
}

/**
 * Finds `wanted` columns in a header, all of them by default; `power.draw` finds `power.draw [W]` and the other way round, but
 * `power.draw [mW]` does not: its numbers would be a thousand times as large.
 *
 * @throws MetricsParserError `MISSING_COLUMN` when one is not there, `BAD_CSV` when a name means two columns
 */
export function findColumns(header: readonly string[], wanted: readonly string[] = header): readonly FoundColumn[] {
  return wanted.map((name) => ({ name, index: findColumn(header, name) }));
}

function findColumn(header: readonly string[], name: string): number {
  const exact = placesOf(header, (column) => column === name);
  const [index, ...others] = exact.length > 0 ? exact : placesOf(header, (column) => isBareOf(column, name));
  if (index === undefined) throw missing(header, name);
  if (others.length > 0)
    throw new MetricsParserError("BAD_CSV", `The header has ${others.length + 1} columns "${name}"`);
  return index;
}

function placesOf(header: readonly string[], test: (column: string) => boolean): readonly number[] {
  return header.flatMap((column, index) => (test(column) ? [index] : []));
}

/** Whether one of them is the other one without its unit. */
function isBareOf(a: string, b: string): boolean {
  return a === withoutUnit(b) || b === withoutUnit(a);
}

const withoutUnit = (name: string): string => name.replace(/\s*\[[^\]]*\]$/, "");

function missing(header: readonly string[], name: string): MetricsParserError {
  if (header.length === 0) return new MetricsParserError("MISSING_COLUMN", `No column "${name}": there is no header`);
  const wanted = withoutUnit(name);
  const unlike = (column: string): number =>
    distance(wanted, withoutUnit(column)) / Math.max(wanted.length, column.length);
  const [nearest = ""] = header.toSorted((a, b) => unlike(a) - unlike(b));
  const existing = header.map((column) => `"${column}"`).join(", ");
  const columns = existing.length > 500 ? `${existing.slice(0, 500)}…` : existing;
  return new MetricsParserError(
    "MISSING_COLUMN",
    `No column "${name}", did you mean "${nearest}"? The columns are ${columns}`,
  );
}

/** Levenshtein distance, blind to case. */
function distance(a: string, b: string): number {
  const right = Array.from(b.toLowerCase());
  let row = [0, ...right.map((_, index) => index + 1)];
  for (const [line, left] of Array.from(a.toLowerCase()).entries()) {
    const next = [line + 1];
    for (const [index, character] of right.entries()) {
      const replaced = (row[index] ?? 0) + (left === character ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
