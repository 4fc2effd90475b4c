import { expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";

const hundred: Space = { epochs: { type: "int", range: [1, 100], distribution: "log_uniform" } };

test.each(["1", "2", "a", 42, ""])("a space of 100 gives exactly 100 with seed %j", (seed) => {
  const { mutations, exhausted } = takeMutations(hundred, 150, { seed });
  expect(exhausted).toBe(true);
  const values = mutations.map(({ configuration }) => Number(configuration["epochs"])).sort((a, b) => a - b);
  expect(values).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test("a space that is just large enough is not called exhausted", () => {
  expect(takeMutations(hundred, 100, { seed: 1 })).toMatchObject({ exhausted: false });
  expect(takeMutations(hundred, 101, { seed: 1 })).toMatchObject({ exhausted: true });
});

test("a larger count continues the same list", () => {
  const long = takeMutations(hundred, 60, { seed: 3 }).mutations;
  expect(takeMutations(hundred, 7, { seed: 3 }).mutations).toEqual(long.slice(0, 7));
});

test("an empty space is exhausted at once", () => {
  expect(takeMutations({}, 3, { seed: 1 })).toEqual({ mutations: [], exhausted: true });
});

test.each([0, -3, 1.5, Number.NaN])("the count %d is refused", (count) => {
  const error = new MutatorError("BAD_COUNT", `Expected count to be a positive integer, found ${count}`);
  expect(() => takeMutations(hundred, count, { seed: 1 })).toThrow(error);
});
