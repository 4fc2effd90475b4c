import { expect, test } from "vitest";
import { defaults, OptionError, parseOptions } from "../src/options.mjs";

test("without flags, the defaults", () => {
  expect(parseOptions([])).toEqual(defaults);
});

test("a number may have an exponent", () => {
  expect(parseOptions(["--learning-rate", "2.5e-05"]).learningRate).toBe(0.000_025);
});

test.each([
  ["--epochs", "0"],
  ["--epochs", "2.5"],
  ["--batch-size", "1e2"],
  ["--seed", "-1"],
  ["--dropout", "1"],
  ["--learning-rate", "0"],
  ["--learning-rate", "abc"],
  ["--learning-rate", "0x10"],
  ["--learning-rate", "1e999"],
  ["--weight-decay", "NaN"],
  ["--weight-decay", ""],
  ["--model", "gpt"],
  ["--epoch", "3"],
  ["--seed"],
  ["10"],
])("refuses %s %s", (...args) => {
  expect(() => parseOptions(args)).toThrow(OptionError);
  expect(() => parseOptions(args)).toThrow(args[0]);
});
