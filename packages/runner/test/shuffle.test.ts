import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shuffle } from "../src/shuffle.ts";

test("a shuffle holds the same items in an order of the seed alone", () => {
  const law = fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
    const shuffled = shuffle(items, seed);
    expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b));
    expect(shuffle(items, seed)).toEqual(shuffled);
  });
  fc.assert(law, { seed: 5, numRuns: 100 });
});

test("seeds give different orders", () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  const orders = ["1", "2", "3"].map((seed) => shuffle(items, seed).join());
  expect(new Set([items.join(), ...orders]).size).toBe(4);
});
