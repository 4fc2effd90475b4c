const QUARTER_MS = 15 * 60_000;
/** No place is further from UTC. */
const FARTHEST_MS = 14 * 3_600_000;

/** Milliseconds since 1970 of a time without an offset, such as `2025-12-31T06:17:21.614340`, as if it were UTC. */
export function wallClockMs(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)$/.exec(text.trim());
  if (!parts) return undefined;
  const ms = Date.parse(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * How far the wall clock was ahead of UTC, in minutes, by a moment that was written down as both.
 *
 * @returns `undefined` where the two are no such pair: no whole quarter of an hour apart, give or take three minutes.
 */
export function offsetMinutes(wallMs: number, epochMs: number): number | undefined {
  const distanceMs = wallMs - epochMs;
  const offsetMs = Math.round(distanceMs / QUARTER_MS) * QUARTER_MS;
  if (Math.abs(offsetMs) > FARTHEST_MS || Math.abs(distanceMs - offsetMs) > 180_000) return undefined;
  return offsetMs / 60_000 + 0; // never -0
}

/** A moment as ISO 8601 with an offset, to the millisecond. */
export function isoAt(epochMs: number, minutes: number): string {
  const local = new Date(epochMs + minutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number): string => String(value).padStart(2, "0");
  const distance = Math.abs(minutes);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

/** `20251126_224751`: a moment in the name of a session. */
export function stampAt(epochMs: number, minutes: number): string {
  return isoAt(epochMs, minutes).slice(0, 19).replace("T", "_").replaceAll(/[-:]/g, "");
}
