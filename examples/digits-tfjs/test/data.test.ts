import { expect, test } from "vitest";
import { loadDigits, split } from "../src/data.mjs";

const digits = loadDigits();
const parts = split(digits);
const sum = (values: Iterable<number>) => Array.from(values).reduce((total, value) => total + value, 0);

test("there are 1797 images with pixels from 0 to 1", () => {
  expect(digits.labels).toHaveLength(1797);
  expect(digits.pixels).toHaveLength(1797 * 64);
  expect([Math.min(...digits.labels), Math.max(...digits.labels)]).toEqual([0, 9]);
  expect([digits.pixels.reduce((a, b) => Math.min(a, b)), digits.pixels.reduce((a, b) => Math.max(a, b))]).toEqual([
    0, 1,
  ]);
});

test("the split is 1293 + 144 + 360 and loses nothing", () => {
  const { training, validation, test: held } = parts;
  expect([training, validation, held].map((part) => part.labels.length)).toEqual([1293, 144, 360]);
  // pixels are sixteenths: their sums are exact
  expect(sum(training.pixels) + sum(validation.pixels) + sum(held.pixels)).toBe(sum(digits.pixels));
});

test.each(["training", "validation", "test"] as const)("%s has every digit in nearly equal shares", (name) => {
  const { labels } = parts[name];
  for (let digit = 0; digit < 10; digit++) {
    const share = labels.filter((label) => label === digit).length / labels.length;
    expect(share).toBeGreaterThan(0.09);
    expect(share).toBeLessThan(0.11);
  }
});
