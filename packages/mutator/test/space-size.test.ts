import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ZodError } from "zod";
import type { Parameter } from "../src/parameter.ts";
import type { Space } from "../src/space.ts";
import { spaceSize } from "../src/space-size.ts";
import { anyConditionalSpace, anyConstrainedSpace, textOf } from "./fixtures/any-space.ts";
import { enumerate } from "./fixtures/brute-force.ts";

const bool: Parameter = { type: "bool" };

test("the size is the exact product, seeds left out", () => {
  const space: Space = {
    lr: { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
    epochs: { type: "int", range: [1, 100] },
    optimizer: { type: "categorical", choices: ["adam", "sgd", "none"], weights: [1, 1, 0] },
    nesterov: { type: "bool" },
    seed: { type: "int", range: [0, 9999] },
  };
  expect(spaceSize(space)).toBe(3_600_001n * 100n * 2n * 2n);
});

test("sizes beyond doubles are exact", () => {
  const range = [0, 2 ** 52] as const;
  expect(spaceSize({ a: { type: "int", range }, b: { type: "int", range } })).toBe((2n ** 52n + 1n) ** 2n);
});

test("a space without parameters to draw has one configuration", () => {
  expect(spaceSize({})).toBe(1n);
  expect(spaceSize({ seed: { type: "int", range: [1, 2] } })).toBe(1n);
});

test("conditions in any number of levels are counted as by trying everything", () => {
  const law = fc.property(anyConditionalSpace, (space) => {
    expect(spaceSize(space)).toBe(BigInt(enumerate(space).length));
  });
  fc.assert(law, { seed: 31, numRuns: 500 });
});

test("constraints, also on conditional parameters, are counted as by trying everything", () => {
  const law = fc.property(anyConstrainedSpace, ({ parameters, comparisons }) => {
    const space: Space = { parameters, constraints: comparisons.map(textOf) };
    expect(spaceSize(space)).toBe(BigInt(enumerate(parameters, comparisons).length));
  });
  fc.assert(law, { seed: 32, numRuns: 1000 });
});

test("conditions alone are always counted, however they branch", () => {
  const branches = Array.from({ length: 60 }, (_, index): readonly (readonly [string, Parameter])[] => [
    [`child${index}`, { ...bool, when: { root: true } }],
    [`grandchild${index}`, { ...bool, when: { [`child${index}`]: true } }],
  ]);
  expect(spaceSize({ root: bool, ...Object.fromEntries(branches.flat()) })).toBe(1n + 3n ** 60n);
});

test("wide conditions and constraints are counted by regions, not one by one", () => {
  const wide: Parameter = { type: "int", range: [1, 1_000_000_000] };
  expect(spaceSize({ on: bool, wide: { ...wide, when: { on: true } } })).toBe(1_000_000_001n);
  expect(spaceSize({ parameters: { wide, other: wide }, constraints: ["wide <= 10"] })).toBe(10n * 10n ** 9n);
  expect(spaceSize({ parameters: { a: { type: "int", range: [1, 10_000] }, b: wide }, constraints: ["a >= b"] })).toBe(
    (10_000n * 10_001n) / 2n,
  );
});

test("texts are compared with millions of numbers without listing them", () => {
  const kind: Parameter = { type: "categorical", choices: ["7", "x", "12", "12.0"] };
  const parameters: Record<string, Parameter> = { kind, n: { type: "int", range: [10, 9_999_999_999] } };
  expect(spaceSize({ parameters, constraints: ["n == kind"] })).toBe(1n);
  expect(spaceSize({ parameters, constraints: ["n != kind"] })).toBe(4n * 9_999_999_990n - 1n);
});

test("what is cut too finely has no known size", () => {
  const range = [1, 1_000_000] as const;
  const parameters: Record<string, Parameter> = { a: { type: "int", range }, b: { type: "int", range } };
  expect(spaceSize({ parameters, constraints: ["a < b"] })).toBeUndefined();
});

test("nothing is nothing, whatever else cannot be counted", () => {
  const range = [1, 1_000_000] as const;
  const parameters: Record<string, Parameter> = { a: { type: "int", range }, b: { type: "int", range }, c: bool };
  expect(spaceSize({ parameters, constraints: ["a < b", "c > 1"] })).toBe(0n);
});

test("an invalid space is refused", () => {
  expect(() => spaceSize({ lr: { type: "float", range: [1, 0] } })).toThrow(ZodError);
});
