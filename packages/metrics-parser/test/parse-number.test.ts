import { expect, test } from "vitest";
import { parseNumber } from "../src/parse-number.ts";

test.each([
  ["1", 1],
  [" +1.50\n", 1.5],
  ["-.5", -0.5],
  ["95.", 95],
  ["2.93e-05", 2.93e-5],
  ["1E3", 1000],
])("%j is a number", (text, value) => {
  expect(parseNumber(text)).toEqual({ kind: "finite", value });
});

test.each(["nan", "NaN", "-nan", "inf", "+Inf", "-INFINITY", "1e999"])("%j is not finite", (text) => {
  expect(parseNumber(text)).toEqual({ kind: "not-finite" });
});

test.each(["", " ", ".", "1_000", "0x1f", "1.2.3", "1,5", "9478/10000", "e5", "1e", "--1", "nano", "１"])(
  "%j is no number",
  (text) => {
    expect(parseNumber(text)).toEqual({ kind: "not-a-number" });
  },
);
