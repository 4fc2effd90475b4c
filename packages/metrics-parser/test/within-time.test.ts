import { expect, it } from "vitest";
import { withinTime } from "../src/within-time.ts";

it("runs to the end, in this thread", () => {
  let sum = 0;
  expect(withinTime(10_000, () => (sum += 1))).toBe(true);
  expect(sum).toBe(1);
});

it("breaks off a loop and a regular expression", () => {
  expect(
    withinTime(20, () => {
      for (;;) if (Date.now() < 0) break;
    }),
  ).toBe(false);
  expect(withinTime(20, () => /(?:a|a)*!/.test("a".repeat(100)))).toBe(false);
});

it("lets errors through", () => {
  const fail = (): void => {
    throw new RangeError("mine");
  };
  expect(() => withinTime(10_000, fail)).toThrow(RangeError);
});
