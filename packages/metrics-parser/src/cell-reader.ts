import { type MissingKind, markerOf } from "./missing-kind.ts";
import { parseNumber } from "./parse-number.ts";

// A unit after a space, or glued to the number: `68.59 W`, `45%`, `1024MiB`; `0x1F` and `10:30` are no numbers with units
const CELL =
  /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)(?:\s+(\p{L}[\p{L}0-9/²]{0,9}|%|°C)|(%|°C|[kMGTmµ]?i?(?:Wh|W|J|B|Hz|V|A|s|C)))?$/u;

/** Reads the cells of one column. */
export interface CellReader {
  /** The number in a cell, or why there is none; one in another unit than the first one's is no number to add up. */
  (cell: string): number | MissingKind;
  /** Whether the cell ends with the unit that the column has. */
  hasUnitSeen(cell: string): boolean;
}

/** Makes a reader for the cells of one column. */
export function cellReader(): CellReader {
  let firstUnit: string | undefined;
  const read = (cell: string): number | MissingKind => {
    const trimmed = cell.trim();
    if (trimmed === "") return "empty";
    const [, digits = trimmed, spaced, glued] = CELL.exec(trimmed) ?? [];
    const reading = parseNumber(digits);
    if (reading.kind === "not-finite") return "not finite";
    if (reading.kind === "not-a-number") return markerOf(trimmed) ?? "other text";
    const unit = spaced ?? glued;
    if (unit !== undefined && unit !== (firstUnit ??= unit)) return "other unit";
    return reading.value;
  };
  const hasUnitSeen = (cell: string): boolean => {
    const [, , spaced, glued] = CELL.exec(cell.trim()) ?? [];
    return firstUnit !== undefined && (spaced ?? glued) === firstUnit;
  };
  return Object.assign(read, { hasUnitSeen });
}
