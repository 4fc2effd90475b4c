const [TAB, SPACE, PLUS, COMMA, MINUS, DOT, SLASH, ZERO, COLON, T, Z] = [9, 32, 43, 44, 45, 46, 47, 48, 58, 84, 90];
const MS_PER_MINUTE = 60_000;

/**
 * Milliseconds since 1970 of `2026/03/03 09:14:00.123` or `2026-03-03T09:14:00.123+01:00` in `bytes`; NaN for anything
 * else. A time without a zone is taken as UTC.
 */
export function dateTimeMs(bytes: Uint8Array, cellStart: number, cellEnd: number): number {
  const isSpace = (byte: number | undefined): boolean => byte === SPACE || byte === TAB || byte === 13;
  let [start, end] = [cellStart, cellEnd];
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  const separator = bytes[start + 4];
  const isShape =
    end - start >= 19 &&
    (separator === MINUS || separator === SLASH) &&
    bytes[start + 7] === separator &&
    (bytes[start + 10] === SPACE || bytes[start + 10] === T) &&
    bytes[start + 13] === COLON &&
    bytes[start + 16] === COLON;
  if (!isShape) return Number.NaN;
  const year = digitsAt(bytes, start, 4);
  const month = digitsAt(bytes, start + 5, 2);
  const day = digitsAt(bytes, start + 8, 2);
  const hours = digitsAt(bytes, start + 11, 2);
  const minutes = digitsAt(bytes, start + 14, 2);
  const seconds = digitsAt(bytes, start + 17, 2);
  // Date.UTC takes years below 100 for those of the last century
  const isDay = year > 99 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(year, month));
  const isTime = hours < 24 && minutes < 60 && seconds <= 60;
  if (!isDay || !isTime) return Number.NaN;
  let at = start + 19;
  let fractionMs = 0;
  if (at < end && (bytes[at] === DOT || bytes[at] === COMMA)) {
    const first = at + 1;
    at = first;
    while (at < end && isDigit(bytes[at])) at += 1;
    const digits = Math.min(at - first, 9);
    if (digits === 0) return Number.NaN;
    fractionMs = (digitsAt(bytes, first, digits) * 1000) / 10 ** digits;
  }
  return Date.UTC(year, month - 1, day, hours, minutes, seconds) + fractionMs - zoneMs(bytes, at, end);
}

/** The offset from UTC that stands at the end: none, `Z`, `+01:00` or `+0100`. */
function zoneMs(bytes: Uint8Array, start: number, end: number): number {
  if (start === end || (end - start === 1 && bytes[start] === Z)) return 0;
  const sign = bytes[start] === PLUS ? 1 : bytes[start] === MINUS ? -1 : Number.NaN;
  const minutesAt = bytes[start + 3] === COLON ? start + 4 : start + 3;
  if (minutesAt + 2 !== end) return Number.NaN;
  return sign * (digitsAt(bytes, start + 1, 2) * 60 + digitsAt(bytes, minutesAt, 2)) * MS_PER_MINUTE;
}

function digitsAt(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at += 1)
    value = isDigit(bytes[at]) ? value * 10 + (bytes[at] ?? 0) - ZERO : Number.NaN;
  return value;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
