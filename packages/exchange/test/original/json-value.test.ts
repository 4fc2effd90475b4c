import { expect, test } from "vitest";
import { booleanOf, numberOf, objectOf, textOf } from "../../src/original/json-value.ts";

test.each([
  [1.5, 1.5],
  ["1.5", 1.5],
  [" -2e3 ", -2000],
  [".5", 0.5],
  ["", undefined],
  ["nan", undefined],
  ["0x10", undefined],
  [Number.NaN, undefined],
  [null, undefined],
  [true, undefined],
])("the number in %j is %j", (value, number) => expect(numberOf(value)).toBe(number));

test.each([
  ["True", true],
  ["false", false],
  [true, true],
  ["1", undefined],
  ["", undefined],
])("the boolean in %j is %j", (value, is) => expect(booleanOf(value)).toBe(is));

test("an array and null are no objects, and a blank is no text", () => {
  expect([[], null, "x"].map(objectOf)).toEqual([undefined, undefined, undefined]);
  expect([" ", 1, "a"].map(textOf)).toEqual([undefined, undefined, "a"]);
});
