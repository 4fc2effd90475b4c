import { stripVTControlCharacters } from "node:util";

/** What a line is about when its numbers are of the clock or of the machine. */
const ABOUT_TIME =
  /\b(?:time|took|takes|elapsed|duration|eta|runtime|throughput|speed|per second|memory|pid|date|finished in|started at)\b|\/s(?:ec(?:ond)?)?\b|\bs\/it\b|\b[KMGT]i?B\b/i;
/** A time with its unit, a clock, a date. */
const TIMES =
  /\d+(?:\.\d+)?(?:e[-+]?\d+)?\s?(?:[nmuµ]?s|secs?|seconds?|mins?|minutes?|hrs?|hours?)\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\b/gi;

/**
 * What a training printed, as lines that say the same whenever it does the same: without colours, times and dates, of a
 * progress bar only what stood there last; lines about speed, time and memory are left out.
 */
export function logLines(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .split(/\r?\n/)
    .map((line) => line.slice(line.lastIndexOf("\r", line.length - 2) + 1).trim())
    .filter((line) => line !== "" && !ABOUT_TIME.test(line))
    .map((line) => line.replaceAll(TIMES, "…"));
}
