import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grid } from "../src/grid.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";
import { allConfigurations, anySmallSpace, sortedKeys } from "./fixtures/small-space.ts";

function keys(space: Space, count = 10_000, seed: string | number = 1): readonly string[] {
  return takeMutations(space, count, { seed, strategy: grid }).mutations.map(({ key }) => key);
}

/** The values that a grid gives one parameter, in their order. */
function levels(parameter: Parameter): readonly unknown[] {
  const { mutations } = takeMutations({ a: parameter }, 1000, { seed: 1, strategy: grid });
  return mutations.map(({ configuration }) => configuration["a"]).sort((a, b) => Number(a) - Number(b));
}

describe("laws", () => {
  test("every configuration once, whatever the conditions and the constraint", () => {
    const law = fc.property(anySmallSpace, fc.string(), (small, seed) => {
      const drawn = keys(small.space, 10_000, seed);
      expect(drawn.toSorted()).toEqual(sortedKeys(small, allConfigurations(small)));
    });
    fc.assert(law, { seed: 3, numRuns: 300 });
  });

  test("a longer list begins with the shorter one", () => {
    const law = fc.property(anySmallSpace, fc.string(), fc.integer({ min: 1, max: 40 }), (small, seed, count) => {
      expect(keys(small.space, count, seed)).toEqual(keys(small.space, 10_000, seed).slice(0, count));
    });
    fc.assert(law, { seed: 4, numRuns: 50 });
  });
});

describe("levels", () => {
  test.each<[string, Parameter, readonly unknown[]]>([
    ["a float without step has 5, ends included", { type: "float", range: [0, 1] }, [0, 0.25, 0.5, 0.75, 1]],
    [
      "a log-uniform float has them at equal ratios",
      { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
      [1e-5, 1e-4, 1e-3, 1e-2, 1e-1],
    ],
    ["a float has as many as it says", { type: "float", range: [0, 1], levels: 3 }, [0, 0.5, 1]],
    ["one level is the middle", { type: "float", range: [0, 1], levels: 1 }, [0.5]],
    [
      "one level of a log-uniform float is the geometric middle",
      { type: "float", range: [1e-4, 1e-2], distribution: "log_uniform", levels: 1 },
      [1e-3],
    ],
    ["a float with step has all its values", { type: "float", range: [0, 0.3], step: 0.1 }, [0, 0.1, 0.2, 0.3]],
    ["a float with step has fewer if it says so", { type: "float", range: [0, 1], step: 0.1, levels: 2 }, [0, 1]],
    ["an int has all its values", { type: "int", range: [3, 9] }, [3, 4, 5, 6, 7, 8, 9]],
    ["an int has fewer if it says so", { type: "int", range: [1, 10], levels: 4 }, [1, 4, 7, 10]],
    ["more levels than values are the values", { type: "int", range: [1, 3], levels: 99 }, [1, 2, 3]],
    [
      "as many levels as values are all values, also of a log-uniform int",
      { type: "int", range: [1, 6], distribution: "log_uniform", levels: 6 },
      [1, 2, 3, 4, 5, 6],
    ],
    ["many more levels than values are the values", { type: "int", range: [1, 3], levels: 10_000 }, [1, 2, 3]],
    ["digits too few for five values", { type: "float", range: [0.1, 0.3], digits: 1 }, [0.1, 0.2, 0.3]],
    ["a fixed number is one value", { type: "float", range: [0, 1], value: 0.123456789 }, [0.123456789]],
    ["zero_probability adds 0", { type: "float", range: [0.1, 0.9], levels: 2, zero_probability: 0.5 }, [0, 0.1, 0.9]],
    ["a 0 inside the range is the same 0", { type: "float", range: [0, 1], levels: 2, zero_probability: 0.5 }, [0, 1]],
    ["zero_probability 1 leaves nothing but 0", { type: "float", range: [0.1, 1], zero_probability: 1 }, [0]],
    ["zero_probability 0 adds nothing", { type: "float", range: [1, 2], levels: 2, zero_probability: 0 }, [1, 2]],
  ])("%s", (_, parameter, values) => {
    expect(levels(parameter)).toEqual(values);
  });

  test("a choice of weight 0 is no part of the grid", () => {
    const space: Space = { a: { type: "categorical", choices: ["x", "y", "z"], weights: [5, 0, 1] } };
    expect(keys(space).toSorted()).toEqual(["a=x", "a=z"]);
  });
});

test("a condition holds at the levels that it names, however they are written", () => {
  const space: Space = {
    lr: { type: "float", range: [1e-3, 1e-1], distribution: "log_uniform", levels: 3 },
    clip: { type: "bool", when: { lr: ["1e-1", 0.05] } },
  };
  expect(keys(space).toSorted()).toEqual(["clip=false,lr=0.1", "clip=true,lr=0.1", "lr=0.001", "lr=0.01"]);
});

test("a constraint between levels", () => {
  const numbers: Parameter = { type: "float", range: [0, 1], levels: 3 };
  const space: Space = { parameters: { a: numbers, b: numbers }, constraints: ["a + b == 1"] };
  expect(keys(space).toSorted()).toEqual(["a=0,b=1", "a=0.5,b=0.5", "a=1,b=0"]);
});

test("seeds are no part of the grid", () => {
  expect(keys({ seed: { type: "int", range: [1, 5] }, on: { type: "bool" } }).toSorted()).toEqual([
    "on=false",
    "on=true",
  ]);
});

test("beyond the grid the list ends and says why", () => {
  const taken = takeMutations({ a: { type: "int", range: [1, 3] }, b: { type: "bool" } }, 7, {
    seed: 1,
    strategy: grid,
  });
  expect(taken.exhausted).toBe(true);
  expect(taken.warning).toBe(
    [
      "Warning: Could only generate 6 unique mutations: the space has no more for strategy grid",
      "   Requested: 7, Generated: 6",
      "   Consider widening hyperparameter ranges or reducing --runs",
    ].join("\n"),
  );
});

test("exactly the whole grid is no shortfall", () => {
  const taken = takeMutations({ a: { type: "int", range: [1, 6] } }, 6, { seed: 1, strategy: grid });
  expect(taken).toMatchObject({ exhausted: false, warning: undefined });
});

test("excluded configurations are skipped", () => {
  const space: Space = { a: { type: "int", range: [1, 9] } };
  const all = keys(space);
  const { mutations } = takeMutations(space, 99, { seed: 1, strategy: grid, exclude: ["a=4", { a: 7 }] });
  expect(mutations.map(({ key }) => key)).toEqual(all.filter((key) => key !== "a=4" && key !== "a=7"));
});

test("another seed gives another order", () => {
  const space: Space = { a: { type: "int", range: [1, 9] }, b: { type: "float", range: [0, 1] } };
  const orders = Array.from({ length: 20 }, (_, seed) => keys(space, 10_000, seed));
  expect(new Set(orders.map((order) => order.join(" "))).size).toBe(20);
  for (const order of orders) expect(order.toSorted()).toEqual(orders[0]?.toSorted());
});

test("the first tenth of a grid is spread over it, for each of 20 seeds", () => {
  const number: Parameter = { type: "int", range: [0, 9] };
  for (let seed = 0; seed < 20; seed++) {
    const { mutations } = takeMutations({ a: number, b: number, c: number }, 100, { seed, strategy: grid });
    for (const name of ["a", "b", "c"]) {
      const values = mutations.map(({ configuration }) => Number(configuration[name]));
      expect(new Set(values).size).toBeGreaterThanOrEqual(9);
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 100 - 4.5)).toBeLessThan(1.1); // 4 standard errors
    }
  }
});

test("a grid too large to be listed is handed out lazily", () => {
  const parameters = Array.from({ length: 12 }, (_, index) => [`p${index}`, { type: "float", range: [0, 1] }] as const);
  expect(new Set(keys(Object.fromEntries(parameters), 100)).size).toBe(100); // of 5^12
});
