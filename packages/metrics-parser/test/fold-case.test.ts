import { expect, test } from "vitest";
import { foldCase, mayHoldNotFinite } from "../src/fold-case.ts";

test.each([
  ["Loss: 测试 É", "loss: 测试 é"],
  ["İ", undefined],
  ["ſ", undefined],
  ["", ""],
])("%j folds to %j", (text, folded) => {
  expect(foldCase(text)).toBe(folded);
});

test.each([
  ["loss: nan", true],
  ["loss: -inf,", true],
  ["infinity", true],
  ["info nano inference banana2 infx", false],
  ["info inf", true],
  ["", false],
])("%j may hold nan or inf: %j", (text, expected) => {
  expect(mayHoldNotFinite(text)).toBe(expected);
});
