import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import type { Parameter } from "../src/parameter.ts";
import { replicationSeeds, seedText } from "../src/seeds.ts";

const parameter: Parameter = { type: "int", range: [0, 9999], default: 1 };

test("42 and the text 42 are one seed; -0 is 0", () => {
  expect(seedText(42)).toBe(seedText("42"));
  expect(seedText(-0)).toBe("0");
});

test.each([Number.NaN, 1.5, 2 ** 53])("the seed %d is refused", (seed) => {
  const error = new MutatorError("BAD_SEED", `Expected a string or safe integer, found ${seed}`);
  expect(() => seedText(seed)).toThrow(error);
});

test("repetitions of one configuration have these seeds", () => {
  expect(replicationSeeds(parameter, { seed: 42, key: "lr=0.1", count: 5 })).toMatchInlineSnapshot(`
    [
      9263,
      7747,
      4166,
      3251,
      9587,
    ]
  `);
});

test("seeds are distinct, inside the range, and a smaller count is a prefix", () => {
  const count = fc.integer({ min: 1, max: 50 });
  const law = fc.property(fc.string(), fc.string(), count, count, (seed, key, a, b) => {
    const [few, many] = [Math.min(a, b), Math.max(a, b)];
    const seeds = replicationSeeds(parameter, { seed, key, count: many });
    expect(new Set(seeds).size).toBe(many);
    expect(seeds.every((value) => Number.isInteger(value) && value >= 0 && value <= 9999)).toBe(true);
    expect(replicationSeeds(parameter, { seed, key, count: few })).toEqual(seeds.slice(0, few));
  });
  fc.assert(law, { seed: 8, numRuns: 50 });
});

test("seed and key both matter, and cannot be confused with each other", () => {
  const draw = (seed: string, key: string) => String(replicationSeeds(parameter, { seed, key, count: 3 }));
  expect(new Set([draw("1", "1a"), draw("11", "a"), draw("1", "b"), draw("2", "b")]).size).toBe(4);
});

test("a range smaller than the count gives fewer, none gives 31 bits", () => {
  const small: Parameter = { type: "int", range: [1, 3] };
  expect(new Set(replicationSeeds(small, { seed: 1, key: "", count: 10 }))).toEqual(new Set([1, 2, 3]));
  const wide = replicationSeeds({ type: "int" }, { seed: 1, key: "", count: 100 });
  expect(Math.max(...wide)).toBeGreaterThan(2 ** 30);
  expect(wide.every((value) => value >= 0 && value < 2 ** 31)).toBe(true);
});

test("bad counts and seeds that are no int are refused", () => {
  const options = { seed: 1, key: "", count: 0 };
  expect(() => replicationSeeds(parameter, options)).toThrow("Expected count to be a positive integer, found 0");
  const error = new MutatorError("BAD_SEED", 'Expected type int, found "bool"');
  expect(() => replicationSeeds({ type: "bool" }, options)).toThrow(error);
});
