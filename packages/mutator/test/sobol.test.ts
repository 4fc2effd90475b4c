import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import type { Parameter } from "../src/parameter.ts";
import { random } from "../src/random.ts";
import { sobol } from "../src/sobol.ts";
import type { Space } from "../src/space.ts";
import type { Strategy } from "../src/strategy.ts";
import { takeMutations } from "../src/take-mutations.ts";
import type { Configuration } from "../src/value.ts";
import { allConfigurations, anySmallSpace, sortedKeys } from "./fixtures/small-space.ts";

const unit: Parameter = { type: "float", range: [0, 1] };

function configurations(
  space: Space,
  count: number,
  seed: string | number = 1,
  strategy: Strategy = sobol,
): readonly Configuration[] {
  return takeMutations(space, count, { seed, strategy }).mutations.map(({ configuration }) => configuration);
}

function keys(space: Space, count: number, seed: string | number = 1): readonly string[] {
  return takeMutations(space, count, { seed, strategy: sobol }).mutations.map(({ key }) => key);
}

function cube(dimensions: number, parameter = unit): Record<string, Parameter> {
  return Object.fromEntries(Array.from({ length: dimensions }, (_, index) => [`x${index}`, parameter]));
}

/** The squared L2 star discrepancy, 0 for perfectly even points (T. T. Warnock, 1972). */
function discrepancy(list: readonly Configuration[], dimensions: number): number {
  const points = list.map((one) => Array.from({ length: dimensions }, (_, axis) => Number(one[`x${axis}`])));
  const product = (factors: readonly number[]): number => factors.reduce((all, factor) => all * factor, 1);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
  const single = sum(points.map((point) => product(point.map((x) => (1 - x ** 2) / 2))));
  const pairs = sum(
    points.flatMap((p) => points.map((q) => product(p.map((x, axis) => 1 - Math.max(x, q[axis] ?? 0))))),
  );
  return 3 ** -dimensions - (2 * single) / points.length + pairs / points.length ** 2;
}

describe("laws", () => {
  test("a small space is handed out completely, every configuration once, whatever conditions and constraint", () => {
    const law = fc.property(anySmallSpace, fc.string(), (small, seed) => {
      expect(keys(small.space, 10_000, seed).toSorted()).toEqual(sortedKeys(small, allConfigurations(small)));
    });
    fc.assert(law, { seed: 13, numRuns: 100 });
  });

  test("a longer list begins with the shorter one, also across the change to the race", () => {
    const law = fc.property(anySmallSpace, fc.string(), fc.integer({ min: 1, max: 40 }), (small, seed, count) => {
      expect(keys(small.space, count, seed)).toEqual(keys(small.space, 10_000, seed).slice(0, count));
    });
    fc.assert(law, { seed: 14, numRuns: 50 });
  });
});

test.each([
  [2, 0.3],
  [4, 0.6],
  [8, 0.9],
])(
  "in %i dimensions the discrepancy of 128 configurations is below %f of random ones, for each of 10 seeds",
  (dimensions, limit) => {
    const space = cube(dimensions);
    for (let seed = 0; seed < 10; seed++) {
      const [even, plain] = [sobol, random].map((strategy) =>
        discrepancy(configurations(space, 128, seed, strategy), dimensions),
      );
      expect(Number(even) / Number(plain)).toBeLessThan(limit);
    }
  },
);

test("the discrepancy of this file is known for one point and for two", () => {
  expect(discrepancy([{ x0: 0.5 }], 1)).toBeCloseTo(1 / 12, 12); // the centred point: 1 / (12 n^2)
  expect(discrepancy([{ x0: 0.25 }, { x0: 0.75 }], 1)).toBeCloseTo(1 / 48, 12);
});

test("of each parameter the first 64 values fall one in each 64th of its range", () => {
  const drawn = configurations(cube(5), 64, "a");
  for (const name of Object.keys(cube(5))) {
    expect(new Set(drawn.map((one) => Math.floor(Number(one[name]) * 64))).size).toBeGreaterThanOrEqual(63); // 1 may be drawn
  }
});

test("each half of a parameter's distribution gets its share of the first 64 configurations", () => {
  const space: Space = {
    lr: { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
    decay: { type: "float", range: [1e-6, 1e-2], distribution: "log_uniform", zero_probability: 0.25 },
    optimizer: { type: "categorical", choices: ["adam", "sgd"], weights: [3, 1] },
    nesterov: { type: "bool" },
  };
  const drawn = configurations(space, 64, 5);
  const count = (isHit: (one: Configuration) => boolean): number => drawn.filter(isHit).length;
  expect(Math.abs(count(({ lr }) => Number(lr) < 1e-3) - 32)).toBeLessThanOrEqual(1);
  expect(Math.abs(count(({ lr }) => Number(lr) < 1e-4) - 16)).toBeLessThanOrEqual(1);
  expect(count(({ decay }) => decay === 0)).toBe(16);
  expect(count(({ optimizer }) => optimizer === "adam")).toBe(48);
  expect(count(({ nesterov }) => nesterov === true)).toBe(32);
});

test("a conditional parameter is there when its condition holds, and spread there", () => {
  const space: Space = {
    optimizer: { type: "categorical", choices: ["adam", "sgd"] },
    momentum: { ...unit, when: { optimizer: "sgd" } },
  };
  const drawn = configurations(space, 65, 2);
  const sgd = drawn.filter(({ optimizer }) => optimizer === "sgd");
  expect(drawn.every(({ optimizer, momentum }) => (optimizer === "sgd") === (momentum !== undefined))).toBe(true);
  expect(new Set(sgd.map(({ momentum }) => Math.floor(Number(momentum) * 16))).size).toBeGreaterThanOrEqual(15);
});

test("infeasible points are dropped, what is left is spread over what is allowed", () => {
  const drawn = configurations({ parameters: cube(2), constraints: ["x0 < x1"] }, 64);
  expect(drawn.every(({ x0, x1 }) => Number(x0) < Number(x1))).toBe(true);
  const upperLeft = drawn.filter(({ x0, x1 }) => Number(x0) < 0.5 && Number(x1) >= 0.5);
  expect(Math.abs(upperLeft.length - 32)).toBeLessThanOrEqual(3);
});

test("a constraint that almost no point satisfies is left to the race", () => {
  const parameters = cube(3, { type: "int", range: [1, 1000] });
  const drawn = configurations({ parameters, constraints: ["x0 == x1", "x1 == x2"] }, 50);
  expect(new Set(drawn.map(({ x0 }) => x0)).size).toBe(50);
  for (const { x0, x1, x2 } of drawn) expect([x1, x2]).toEqual([x0, x0]);
});

test("excluded configurations are skipped, the others keep their order", () => {
  const space: Space = { a: { type: "int", range: [1, 12] }, b: { type: "bool" } };
  const all = keys(space, 24);
  const exclude = all.filter((_, index) => index % 3 === 0);
  const { mutations } = takeMutations(space, 24, { seed: 1, strategy: sobol, exclude });
  expect(mutations.map(({ key }) => key)).toEqual(all.filter((key) => !exclude.includes(key)));
});

test("50 parameters are drawn, distinct and inside", () => {
  const drawn = takeMutations(cube(50), 500, { seed: 1, strategy: sobol }).mutations;
  expect(new Set(drawn.map(({ key }) => key)).size).toBe(500);
  for (const { configuration } of drawn) {
    const values = Object.values(configuration).map(Number);
    expect(values).toHaveLength(50);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
});

test("51 parameters are refused", () => {
  const error = new MutatorError(
    "TOO_MANY_DIMENSIONS",
    "Expected 1 to 50 drawable parameters for strategy sobol, found 51",
  );
  expect(() => takeMutations(cube(51), 1, { seed: 1, strategy: sobol })).toThrow(error);
  expect(
    takeMutations({ ...cube(50), seed: { type: "int", range: [0, 9] } }, 1, { seed: 1, strategy: sobol }).mutations,
  ).toHaveLength(1);
});

test("a space with nothing to draw has its one configuration", () => {
  expect(keys({}, 5)).toEqual([""]);
  expect(keys({ a: { type: "int", value: 3 } }, 5)).toEqual(["a=3"]);
});

test("explain() says which part proposed a configuration", () => {
  const drawn = takeMutations({ a: { type: "int", range: [1, 200], distribution: "log_uniform" } }, 200, {
    seed: 1,
    strategy: sobol,
  });
  const phases = drawn.mutations.map((mutation) => mutation.explain().phase);
  expect([...new Set(phases)].join()).toMatch(/^sobol(,race)?$/);
  const rare = takeMutations({ a: { type: "categorical", choices: ["x", "y"], weights: [1, 1e-12] } }, 2, {
    seed: 1,
    strategy: sobol,
  });
  expect(rare.mutations.map((mutation) => mutation.explain().phase)).toEqual(["sobol", "race"]);
});

test("another seed gives another list, the same seed the same", () => {
  const lists = Array.from({ length: 20 }, (_, seed) => keys(cube(3), 5, seed).join(" "));
  expect(new Set(lists).size).toBe(20);
  expect(keys(cube(3), 5, "7")).toEqual(keys(cube(3), 5, 7));
});
