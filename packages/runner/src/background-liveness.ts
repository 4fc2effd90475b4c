/** A stretch of time, on one clock; without an end it goes on. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number | undefined;
}

/** How much of a window is covered by stretches that do not overlap, in milliseconds. */
export function coveredMs(stretches: readonly Stretch[], window: { readonly startMs: number; readonly endMs: number }) {
  let total = 0;
  for (const { startMs, endMs = window.endMs } of stretches) {
    total += Math.max(0, Math.min(endMs, window.endMs) - Math.max(startMs, window.startMs));
  }
  return total;
}
