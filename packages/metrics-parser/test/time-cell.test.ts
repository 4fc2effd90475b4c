import * as fc from "fast-check";
import { expect, it, test } from "vitest";
import { timeReader } from "../src/time-cell.ts";

const read = (cell: string, column = "timestamp"): number => {
  const bytes = Buffer.from(`,${cell},`);
  return timeReader(column)(bytes, 1, bytes.length - 1);
};
const MOMENT = Date.UTC(2026, 2, 3, 9, 14, 5, 250);

test.each([
  ["2026/03/03 09:14:05.250", MOMENT],
  [" 2026-03-03T09:14:05.25Z ", MOMENT],
  ["2026-03-03T10:14:05.250000+01:00", MOMENT],
  ["2026-03-03 05:44:05.250-0330", MOMENT],
  ["2026/03/03 09:14:05", MOMENT - 250],
  ["2024-02-29 00:00:00", Date.UTC(2024, 1, 29)],
  ["1772529245.25", MOMENT],
  ["-1.5", -1500],
])("%j is %d ms", (cell, ms) => {
  expect(read(cell)).toBe(ms);
});

test.each([
  ["", "[N/A]", "5 W", "5 ms", "nan"],
  ["2026-02-29 00:00:00", "2026-13-01 00:00:00", "2026-01-01 24:00:00", "2026-01-01 00:60:00", "2026-01-01 00:00:61"],
  [
    "2026-03/03 09:14:05",
    "2026/03/03",
    "2026/03/03 09:14",
    "2026/03/03 09:14:05.",
    "2026/03/03 09:14:05 PM",
    "0099-01-01 00:00:00",
  ],
  // Milliseconds since 1970 in a column of seconds
  ["1772529245250"],
])("%j and others are no times", (...cells) => {
  expect(cells.map((cell) => read(cell))).toEqual(cells.map(() => Number.NaN));
});

test.each([
  ["timestamp_ms", 7],
  ["time [ms]", 7],
  ["t (us)", 0.007],
  ["t_ns", 0.000007],
  ["t [s]", 7000],
  ["items", 7000],
])("7 in a column %j is %d ms", (column, ms) => {
  expect(read("7", column)).toBeCloseTo(ms, 12);
});

it("counts in the unit that is named", () => {
  expect(timeReader("t_ms", "s")(Buffer.from("7,"), 0, 1)).toBe(7000);
});

it("reads every date and time that JavaScript prints", () => {
  const dates = fc.date({ min: new Date("0100-01-01"), max: new Date("5000-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      expect(read(date.toISOString())).toBe(date.getTime());
    }),
    { seed: 20261124, numRuns: 2000 },
  );
});
