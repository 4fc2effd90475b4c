import * as fc from "fast-check";
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
    "Expected an index from 0 to 0, found 1",
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

const LATTICES: readonly Parameter[] = [
  { type: "bool" },
  { type: "categorical", choices: ["a", "b", "c", 4], weights: [1, 1e-9, 0, 5] },
  { type: "categorical", choices: Array.from({ length: 500 }, (_, index) => index) },
  { type: "categorical", value: "x" },
  { type: "int", range: [-7, 9] },
  { type: "int", range: [0, 2 ** 50] },
  { type: "int", range: [1, 100], distribution: "log_uniform" },
  { type: "int", range: [1, 1e12], distribution: "log_uniform" },
  { type: "int", range: [16, 512], step: 16 },
  { type: "int", range: [16, 512], step: 16, distribution: "log_uniform" },
  { type: "float", range: [0, 0.7], step: 0.1 },
  { type: "float", range: [0.1, 0.7], step: 0.15, distribution: "log_uniform" },
  { type: "float", range: [0, 1] },
  { type: "float", range: [-0.3, 0.7] },
  { type: "float", range: [0.26, 0.54], digits: 1 },
  { type: "float", range: [0, 1], digits: 15 },
  { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
  { type: "float", range: [0.08, 2.4], distribution: "log_uniform", digits: 1 },
  { type: "float", range: [1, 2], distribution: "log_uniform", digits: 14 },
  { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform", zero_probability: 0.3 },
  { type: "int", range: [-3, 3], zero_probability: 0.3 },
  { type: "float", range: [-0.3, 0.7], zero_probability: 0.3 },
  { type: "float", range: [0, 1], zero_probability: 0.999 },
  { type: "int", range: [-9, -1], zero_probability: 0.3 },
];

test.each(LATTICES)("draw() inverts mass(), and ends fall on the ends: %j", (parameter) => {
  const { size, draw, mass } = latticeOf(parameter);
  const law = fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (share) => {
    const index = draw(share);
    expect(Number.isInteger(index) && index >= 0 && index < size).toBe(true);
    expect(mass(0, index)).toBeLessThanOrEqual(share + 1e-12);
    expect(mass(0, index + 1)).toBeGreaterThanOrEqual(share - 1e-12);
  });
  fc.assert(law, { seed: 71, numRuns: 1000 });
  expect([draw(0), draw(1 - 2 ** -53)]).toEqual([0, size - 1]);
});

test.each(LATTICES)("indexOf() finds every value, and bounds() hold all of a piece: %j", (parameter) => {
  const { size, value, indexOf, bounds } = latticeOf(parameter);
  const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((share) => Math.floor(share * size));
  const law = fc.property(place, place, place, (a, b, c) => {
    const [from = 0, inside = 0, last = 0] = [a, b, c].sort((x, y) => x - y);
    expect(indexOf(value(inside))).toBe(inside);
    if ((parameter.choices ?? [parameter.value]).some((choice) => typeof choice === "string")) return;
    const [lowest, highest] = bounds(from, last + 1);
    expect(Number(value(inside))).toBeGreaterThanOrEqual(lowest);
    expect(Number(value(inside))).toBeLessThanOrEqual(highest);
    // one value is bounded by itself
    const own = Number(value(from));
    expect(from < last || (lowest === own && highest === own)).toBe(true);
  });
  fc.assert(law, { seed: 72, numRuns: 500 });
});

test("a number between two values goes to the nearer one, one outside to none", () => {
  const { indexOf } = latticeOf({ type: "float", range: [0, 1], step: 0.25 });
  expect([0, 0.1, 0.12, 0.13, 0.3, 0.99, 1].map(indexOf)).toEqual([0, 0, 0, 1, 1, 4, 4]);
  expect([-0.01, 1.01, Number.NaN, "0.5", true].map(indexOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
