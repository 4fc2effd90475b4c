import type { LogWindow } from "./log-window.ts";
import type { Match } from "./pattern-search.ts";

/** How far from a match its line is looked at; a log may be a single line. */
const REACH = 1000;
const STAMP = /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?/;

/** The line of a match, or what of it is within reach, and where that starts in the window. */
export function lineAround(
  { text }: LogWindow,
  { start, end }: Match,
): { readonly line: string; readonly start: number } {
  const from = Math.max(0, start - REACH);
  const before = text.slice(from, start);
  const lineFrom = from + before.lastIndexOf("\n") + 1;
  const after = text.slice(start, end + REACH);
  const lineBreak = after.indexOf("\n");
  return { line: text.slice(lineFrom, lineBreak < 0 ? start + after.length : start + lineBreak), start: lineFrom };
}

/** The first date and time of a line, as ISO 8601 with the precision and the zone that stand there. */
export function timeStamp(line: string): string | undefined {
  const [, date, time, fraction, zone = ""] = STAMP.exec(line) ?? [];
  return date && `${date}T${time}${fraction === undefined ? "" : `.${fraction}`}${zone}`;
}
