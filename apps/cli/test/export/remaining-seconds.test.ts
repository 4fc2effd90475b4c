import { expect, it } from "vitest";
import { remainingSeconds } from "../../src/export/remaining-seconds.ts";

const ended = (second: number): { timestamp: string; duration_seconds: number } => ({
  timestamp: `2026-03-03T01:20:${String(second).padStart(2, "0")}.000+00:00`,
  duration_seconds: 5,
});

it("the rest takes as long as the runs so far, rests included, in whatever order they are read", () => {
  expect(remainingSeconds([ended(30), ended(10), ended(20)], { planned: 8 })).toBe(50);
  expect(remainingSeconds([ended(10), ended(20)], { planned: 2 })).toBe(0);
});

it("one ended run is too few", () => {
  expect(remainingSeconds([ended(10)], { planned: 3 })).toBeUndefined();
});
