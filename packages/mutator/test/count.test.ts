import { expect, test } from "vitest";
import { checkedCount } from "../src/count.ts";
import { MutatorError } from "../src/errors.ts";

test("a positive integer is a count", () => {
  expect(checkedCount("count", 7)).toBe(7);
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("%d is no count", (count) => {
  const error = new MutatorError("BAD_COUNT", `Expected count to be a positive integer, found ${count}`);
  expect(() => checkedCount("count", count)).toThrow(error);
});
