import { expect, test } from "vitest";
import { isQuickEnd, pauseSeconds } from "../src/background-back-off.ts";

test.each([
  [{ exitCode: 0, seconds: 0.1 }, true],
  [{ exitCode: 0, seconds: 0.3 }, false],
  [{ exitCode: 1, seconds: 9 }, true],
  [{ exitCode: 137, seconds: 11 }, false],
])("%j is a quick end: %j", (end, expected) => {
  expect(isQuickEnd(end)).toBe(expected);
});

test("pauses double, up to half a minute", () => {
  expect([0, 1, 2, 3, 6, 7, 8, 1000].map(pauseSeconds)).toEqual([0, 0.5, 1, 2, 16, 30, 30, 30]);
});
