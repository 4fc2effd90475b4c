/** What nvidia-smi prints where it has no number. */
const MARKERS = [
  "[N/A]",
  "N/A",
  "[Not Supported]",
  "ERR!",
  "[Unknown Error]",
  "[GPU requires reset]",
  "[Insufficient Permissions]",
  "[Requested functionality has been deprecated]",
] as const;
const MARKER_BYTES = MARKERS.map((marker) => ({ marker, bytes: Buffer.from(marker) }));

/**
 * Why a cell has no number: what nvidia-smi prints for one, nothing at all, `nan` or `inf` or beyond the largest number,
 * a number in another unit than the column's first one, or any other text.
 */
export type MissingKind = (typeof MARKERS)[number] | "empty" | "not finite" | "other unit" | "other text";

/** The marker that a trimmed cell is, if it is one. */
export function markerOf(cell: string): MissingKind | undefined {
  return MARKERS.find((marker) => marker === cell);
}

/** The same for a cell in `bytes`. */
export function markerAt(bytes: Uint8Array, start: number, end: number): MissingKind | undefined {
  for (const { marker, bytes: expected } of MARKER_BYTES) {
    if (isAt(expected, bytes, start, end)) return marker;
  }
  return undefined;
}

/** Whether `bytes` from `start` to `end` are those expected. */
export function isAt(expected: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== expected.length) return false;
  for (let index = 0; index < expected.length; index += 1) {
    if (bytes[start + index] !== expected[index]) return false;
  }
  return true;
}
