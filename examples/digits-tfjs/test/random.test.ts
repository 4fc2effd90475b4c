import { expect, test } from "vitest";
import { dropoutMask, permutation, randomStream } from "../src/random.mjs";

test("a stream depends on seed and name alone", () => {
  const first = (seed: number, name: string) => Array.from({ length: 3 }, randomStream(seed, name));
  expect(first(1, "order")).toEqual(first(1, "order"));
  expect(first(2, "order")).not.toEqual(first(1, "order"));
  expect(first(1, "dropout")).not.toEqual(first(1, "order"));
});

test("a stream is spread evenly over [0, 1)", () => {
  const random = randomStream(42, "even");
  const draws = Array.from({ length: 100_000 }, random);
  expect(draws.every((x) => x >= 0 && x < 1)).toBe(true);
  const counts = Array.from({ length: 10 }, (_, bin) => draws.filter((x) => Math.floor(x * 10) === bin).length);
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400); // 4 standard deviations
});

test("a permutation has every place once, and the next one is another", () => {
  const random = randomStream(42, "order");
  const [first, second] = [permutation(1000, random), permutation(1000, random)];
  expect(first.toSorted()).toEqual(Uint32Array.from({ length: 1000 }, (_, i) => i));
  expect(second).not.toEqual(first);
});

test("a dropout mask drops its share and keeps the mean; the next one is another", () => {
  const random = randomStream(42, "dropout");
  const [first, second] = [dropoutMask(10_000, 0.2, random), dropoutMask(10_000, 0.2, random)];
  expect(new Set(first)).toEqual(new Set([0, 1.25]));
  expect(first.filter((value) => value === 0).length / first.length).toBeCloseTo(0.2, 1);
  expect(second).not.toEqual(first);
});
