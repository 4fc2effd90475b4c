import { ByteCellReader } from "./byte-cell-reader.ts";
import { dateTimeMs } from "./date-time.ts";
import type { MissingKind } from "./missing-kind.ts";
import { parseNumber } from "./parse-number.ts";

/** What a number in a time column counts. */
export type TimeUnit = "s" | "ms" | "us" | "ns";

/** Milliseconds of a cell that lies in `bytes`; NaN for what is no time. */
export type TimeReader = (bytes: Uint8Array, start: number, end: number) => number;

const MS_PER_UNIT = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 } as const;
/** In the year 5138; what is later was counted in another unit. */
const LATEST_MS = 1e14;

/**
 * Makes a reader for a time column: date and time as nvidia-smi or ISO 8601 has them, or plain numbers in `unit`, by
 * default what the column's name ends with (`_ms`, `[us]`), else seconds.
 */
export function timeReader(column: string, unit: TimeUnit = unitOf(column)): TimeReader {
  const msPerUnit = MS_PER_UNIT[unit];
  let timeMs = Number.NaN;
  const taker = {
    add: (value: number): void => {
      timeMs = value * msPerUnit;
    },
    miss: (): void => {
      timeMs = Number.NaN;
    },
  };
  const reader = new ByteCellReader(plainNumber);
  return (bytes, start, end) => {
    const dateMs = dateTimeMs(bytes, start, end);
    if (!Number.isNaN(dateMs)) return dateMs;
    reader.take(bytes, start, end, taker);
    return Math.abs(timeMs) <= LATEST_MS ? timeMs : Number.NaN;
  };
}

/** Without a unit of its own: the column has one. */
function plainNumber(cell: string): number | MissingKind {
  const reading = parseNumber(cell);
  return reading.kind === "finite" ? reading.value : "other text";
}

function unitOf(column: string): TimeUnit {
  const [, unit = "s"] = /(?:_|\[|\(|\s)([mun]s|µs)[\])]?$/.exec(column) ?? [];
  return unit === "ms" || unit === "us" || unit === "ns" ? unit : unit === "µs" ? "us" : "s";
}
