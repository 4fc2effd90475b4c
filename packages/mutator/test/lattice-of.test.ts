import { expect, test } from "vitest";
import { latticeOf } from "../src/lattice-of.ts";
import type { Parameter } from "../src/parameter.ts";

function listed(parameter: Parameter): unknown[] {
  const lattice = latticeOf(parameter);
  return Array.from({ length: lattice.size }, (_, index) => [lattice.value(index), lattice.mass(index, index + 1)]);
}

test("a bool is a fair coin", () => {
  expect(listed({ type: "bool" })).toEqual([
    [false, 0.5],
    [true, 0.5],
  ]);
});

test("choices follow their weights, those of weight 0 are no part of the space", () => {
  expect(listed({ type: "categorical", choices: ["adam", "sgd", 3], weights: [1, 0, 3] })).toEqual([
    ["adam", 0.25],
    [3, 0.75],
  ]);
});

test("weights of any magnitude keep their probabilities", () => {
  expect(listed({ type: "categorical", choices: ["a", "b"], weights: [1, 1e-20] })).toEqual([
    ["a", 1],
    ["b", 1e-20],
  ]);
  expect(listed({ type: "categorical", choices: ["a", "b"], weights: [1e308, 1e308] })).toEqual([
    ["a", 0.5],
    ["b", 0.5],
  ]);
});

test("an index outside the choices is refused", () => {
  expect(() => latticeOf({ type: "categorical", choices: ["a"] }).value(1)).toThrow(
    "Expected an index below 1, found 1",
  );
});

test("equal bounds are one value with all its digits", () => {
  expect(listed({ type: "float", range: [0.123456789, 0.123456789] })).toEqual([[0.123456789, 1]]);
  expect(listed({ type: "float", range: [0.123456789, 0.123456789], distribution: "log_uniform" })).toHaveLength(1);
  expect(listed({ type: "int", range: [3, 3] })).toEqual([[3, 1]]);
});

test.each<[number, Parameter]>([
  [100, { type: "int", range: [1, 100] }],
  [100, { type: "int", range: [1, 100], distribution: "log_uniform" }],
  [4, { type: "int", range: [16, 64], step: 16 }],
  [11, { type: "float", range: [0, 1], step: 0.1 }],
  [1_000_001, { type: "float", range: [0, 1] }],
  [101, { type: "float", range: [0, 1], digits: 2 }],
  [900_001, { type: "float", range: [0.1, 1], distribution: "log_uniform" }],
  [900_002, { type: "float", range: [0.1, 1], distribution: "log_uniform", zero_probability: 0.1 }],
  [1_000_001, { type: "float", range: [0, 1], zero_probability: 0.1 }],
  [2 ** 31, { type: "int", role: "seed" }],
])("there are %d values in %j", (size, parameter) => {
  expect(latticeOf(parameter).size).toBe(size);
});
