import type { LogWindow } from "./log-window.ts";

/**
 * Calls `visit` with each match in `window` that starts at or after `from` (an offset in the whole log) and before the
 * window's limit; returns the offset at which the search goes on in the next window.
 */
export function scanWindow(
  regex: RegExp,
  { text, offset, limit, isLast }: LogWindow,
  from: number,
  visit: (match: RegExpExecArray) => void,
): number {
  let index = from - offset;
  while (index < limit) {
    regex.lastIndex = index;
    const match = regex.exec(text);
    if (match === null || match.index >= limit) return offset + limit;
    const end = match.index + match[0].length;
    if (!isLast && end === text.length) return offset + limit; // longer than the overlap, and perhaps cut
    visit(match);
    const isEmpty = match[0] === "";
    index = isEmpty ? end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end;
  }
  return offset + index;
}
