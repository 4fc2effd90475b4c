import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseIntervals } from "../src/parse-intervals.ts";

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const rows = (text: string): unknown[] =>
  parseIntervals(text).intervals.map(({ event, timeSeconds, energyJoules, absence }) => [
    event.quantity,
    timeSeconds,
    energyJoules ?? absence,
  ]);

test("each row is the joules of one event up to a time", () => {
  const text = fixture("synthetic-interval.csv");
  expect(rows(text)).toEqual([
    ["cpu_package", 1.001048308, 19.63],
    ["dram", 1.001048308, 4.02],
    ["cpu_package", 2.002369058, 19.41],
    ["dram", 2.002369058, 3.98],
    ["cpu_package", 2.318790534, 6.5],
    ["dram", 2.318790534, 1.25],
  ]);
  expect(parseIntervals(text).badLines).toBe(0);
});

test("the total that --summary adds is no interval", () => {
  expect(rows(fixture("synthetic-summary.csv"))).toHaveLength(2);
  expect(parseIntervals(fixture("synthetic-summary.csv")).badLines).toBe(1);
});

test("what perf could not count is told in perf's words, whatever modifier it appended", () => {
  expect(rows(fixture("synthetic-not-supported.csv"))).toEqual([
    ["cpu_package", 1.001048308, "<not supported>"],
    ["dram", 1.001048308, "<not counted>"],
  ]);
});

test("rows with a decimal comma are refused, never read as a thousandth or a thousandfold", () => {
  expect(parseIntervals(fixture("synthetic-comma-decimal.csv"))).toEqual({ intervals: [], badLines: 3 });
});

test("rows that are no joules of a known event over an interval are refused", () => {
  expect(parseIntervals(fixture("synthetic-other-forms.csv"))).toEqual({ intervals: [], badLines: 8 });
});

test("the report of a real perf without RAPL holds no joules", () => {
  expect(parseIntervals(fixture("perf-6.1-interval-summary-no-rapl.csv"))).toEqual({ intervals: [], badLines: 8 });
});

test("a report that is cut at any byte loses its cut row and changes no other", () => {
  const text = fixture("synthetic-interval.csv");
  const whole = rows(text);
  for (let length = 0; length <= text.length; length += 1) {
    const cut = rows(text.slice(0, length));
    expect(cut).toEqual(whole.slice(0, cut.length));
    expect(parseIntervals(text.slice(0, length)).badLines).toBe(0);
  }
});

test("an empty report has no interval", () => {
  expect(parseIntervals("")).toEqual({ intervals: [], badLines: 0 });
});

test("arbitrary text never throws and never makes up a number that is not finite and positive", () => {
  const piece = fc.constantFrom(
    "power/energy-pkg/",
    "Joules",
    ";",
    "\n",
    " ",
    "1.5",
    "-2",
    ",",
    "1e9",
    "NaN",
    "#",
    "\r",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      for (const { energyJoules, timeSeconds, absence } of parseIntervals(pieces.join("")).intervals) {
        expect(Number.isFinite(timeSeconds)).toBe(true);
        expect(energyJoules === undefined).toBe(absence !== undefined);
        expect(energyJoules ?? 0).toBeGreaterThanOrEqual(0);
      }
    }),
    { seed: 42 },
  );
});
