import { expect, test } from "vitest";
import { childHash, exponential, rootHash, uniform } from "../src/hash.ts";

const roots = Array.from({ length: 20_000 }, (_, index) => rootHash(String(index)));

function mean(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0) / numbers.length;
}

test("a hash is two signed 32-bit integers, the same for the same text", () => {
  expect(rootHash("42")).toEqual(rootHash("42"));
  expect(rootHash("42")).not.toEqual(rootHash("43"));
  expect(rootHash("42")).toMatchInlineSnapshot(`
    [
      -1353500977,
      -1948521574,
    ]
  `);
});

test("20000 seeds have 20000 hashes, and so have their branches", () => {
  const texts = roots.flatMap((root) => [root, childHash(root, 0), childHash(root, 1)]).map(String);
  expect(new Set(texts).size).toBe(3 * roots.length);
});

test("uniforms lie strictly inside (0, 1) and are uniform and independent between labels", () => {
  const first = roots.map((root) => uniform(root, 4));
  const second = roots.map((root) => uniform(root, 5));
  expect(first.every((value) => value > 0 && value < 1)).toBe(true);
  expect(Math.abs(mean(first) - 1 / 2)).toBeLessThan(0.008);
  expect(Math.abs(mean(first.map((value) => value ** 2)) - 1 / 3)).toBeLessThan(0.008);
  const products = first.map((value, index) => (value - 0.5) * ((second[index] ?? 0) - 0.5));
  expect(Math.abs(mean(products))).toBeLessThan(0.002);
});

test("the ends of the hash give uniforms inside (0, 1)", () => {
  expect(exponential([0, 0], 0)).toBeGreaterThan(0);
  expect(exponential([-1, -1], 0)).toBeGreaterThan(0);
  expect((2 ** 52 - 1 + 0.5) / 2 ** 52).toBeLessThan(1);
});

test("waiting times have mean 1", () => {
  expect(Math.abs(mean(roots.map((root) => exponential(root, 2))) - 1)).toBeLessThan(0.03);
});
