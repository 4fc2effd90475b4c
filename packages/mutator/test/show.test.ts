import { expect, test } from "vitest";
import { show } from "../src/show.ts";

test.each([
  ["a", '"a"'],
  [10, "10"],
  [Number.NaN, "NaN"],
  [1n, "1"],
  [true, "true"],
  [null, "null"],
  [undefined, "nothing"],
  [[10, "a", [null]], '[10, "a", [null]]'],
  [{ a: 1 }, "an object"],
  [Symbol("a"), "a symbol"],
  [() => 1, "a function"],
])("%o is shown as %s", (found, text) => {
  expect(show(found)).toBe(text);
});

test("what is long is cut", () => {
  expect(show("a".repeat(1000))).toHaveLength(201);
});
