import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isoAt, offsetMinutes, stampAt, wallClockMs } from "../../src/original/wall-clock.ts";

test("a time without an offset is read as if it were UTC, to the millisecond", () => {
  expect(wallClockMs("2025-12-31T06:17:21.614340")).toBe(Date.UTC(2025, 11, 31, 6, 17, 21, 614));
  expect(wallClockMs("2025-12-31 06:17:21")).toBe(Date.UTC(2025, 11, 31, 6, 17, 21));
});

test.each(["", "yesterday", "2025-13-31T06:17:21", "2025-12-31T06:17:21Z", "2025-12-31"])("%j is no time", (text) => {
  expect(wallClockMs(text)).toBeUndefined();
});

test("the offset is what is between a wall clock and a trace, whatever passed between the two", () => {
  fc.assert(
    fc.property(fc.integer({ min: -48, max: 56 }), fc.integer({ min: -170, max: 170 }), (quarters, late) => {
      const epochMs = Date.UTC(2025, 11, 31);
      expect(offsetMinutes(epochMs + quarters * 900_000 + late * 1000, epochMs)).toBe(quarters * 15);
    }),
  );
});

test("a trace of another day or of another hour tells no offset", () => {
  expect(offsetMinutes(0, 86_400_000)).toBeUndefined();
  expect(offsetMinutes(0, 450_000)).toBeUndefined();
});

test("a moment is written with its offset", () => {
  expect(isoAt(Date.UTC(2025, 11, 30, 21, 36, 18), 480)).toBe("2025-12-31T05:36:18.000+08:00");
  expect(isoAt(0, -210)).toBe("1969-12-31T20:30:00.000-03:30");
  expect(stampAt(Date.UTC(2025, 11, 30, 21, 36, 18), 480)).toBe("20251231_053618");
});
