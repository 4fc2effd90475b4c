import { describe, expect, test } from "vitest";
import type { Parameter } from "../src/parameter.ts";
import { Space } from "../src/space.ts";

const bool: Parameter = { type: "bool" };
const optimizer: Parameter = { type: "categorical", choices: ["adam", "sgd"], default: "lion" };

function issuesOf(input: unknown): string[] {
  const { error } = Space.safeParse(input);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("conditions", () => {
  test.each<[string, Record<string, Parameter>]>([
    ["one value", { optimizer, momentum: { ...bool, when: { optimizer: "sgd" } } }],
    [
      "several values of several parents",
      { optimizer, b: bool, c: { ...bool, when: { optimizer: ["adam", "sgd"], b: true } } },
    ],
    ["another spelling of a number", { n: { type: "int", range: [1, 3] }, c: { ...bool, when: { n: "2.0" } } }],
    ["a default that cannot be drawn", { optimizer, c: { ...bool, when: { optimizer: "lion" } } }],
    ["parents of parents", { a: bool, b: { ...bool, when: { a: true } }, c: { ...bool, when: { b: true, a: true } } }],
  ])("may name %s", (_, space) => {
    expect(issuesOf(space)).toEqual([]);
  });

  test.each<[Record<string, Parameter>, string]>([
    [{ a: { ...bool, when: { b: true } }, c: bool }, 'a.when.b: expected another parameter (c), found "b"'],
    [{ a: { ...bool, when: { a: true } } }, 'a.when.a: expected another parameter (), found "a"'],
    [{ a: { ...bool, when: { toString: "x" } } }, 'a.when.toString: expected another parameter (), found "toString"'],
    [
      { a: { ...bool, when: { seed: 1 } }, seed: { type: "int", range: [1, 2] } },
      'a.when.seed: expected another parameter (), found "seed"',
    ],
    [
      { a: bool, seed: { type: "int", range: [1, 2], when: { a: true } } },
      'seed.when.a: expected no condition on a seed, found "a"',
    ],
    [{ optimizer, a: { ...bool, when: { optimizer: [] } } }, "a.when.optimizer: expected a value, found []"],
    [
      { optimizer, a: { ...bool, when: { optimizer: ["sgd", "SGD"] } } },
      'a.when.optimizer: expected values of optimizer, found "SGD"',
    ],
    [
      { n: { type: "int", range: [1, 3] }, a: { ...bool, when: { n: 1.5 } } },
      "a.when.n: expected values of n, found 1.5",
    ],
    [
      { n: { type: "float", range: [0, 1], step: 0.5 }, a: { ...bool, when: { n: 0.4 } } },
      "a.when.n: expected values of n, found 0.4",
    ],
    [
      { w: { type: "categorical", choices: ["x", "y"], weights: [1, 0] }, a: { ...bool, when: { w: "y" } } },
      'a.when.w: expected values of w, found "y"',
    ],
    [
      { a: { ...bool, when: { b: true } }, b: { ...bool, when: { a: true } } },
      'a.when: expected no cycle, found "a when b when a"',
    ],
    [
      {
        x: { ...bool, when: { a: true } },
        a: { ...bool, when: { b: true } },
        b: { ...bool, when: { c: true } },
        c: { ...bool, when: { a: true } },
      },
      'a.when: expected no cycle, found "a when b when c when a"',
    ],
  ])("are refused in %j", (space, issue) => {
    expect(issuesOf(space)).toEqual([issue]);
  });

  test("that meet in a ladder of 60 steps are looked at once each", () => {
    const parameters: [string, Parameter][] = [
      ["a0", bool],
      ["b0", bool],
    ];
    for (let step = 1; step < 60; step++) {
      const when = { [`a${step - 1}`]: true, [`b${step - 1}`]: true };
      parameters.push([`a${step}`, { ...bool, when }], [`b${step}`, { ...bool, when }]);
    }
    expect(issuesOf(Object.fromEntries(parameters))).toEqual([]);
  });
});

describe("constraints", () => {
  const parameters: Record<string, Parameter> = {
    a: { type: "int", range: [1, 5] },
    b: bool,
    c: optimizer,
    d: optimizer,
    seed: { type: "int", range: [1, 5] },
  };

  test.each(["a < 3", "a + b <= 2", "c == d", "c != d", "c == b", "2 * a - 3 * b != 0.5"])("%s is one", (text) => {
    expect(issuesOf({ parameters, constraints: [text] })).toEqual([]);
  });

  test.each([
    ["a < x", 'expected drawable parameters (a, b, c, d) in "a < x", found "x"'],
    ["seed < 3", 'expected drawable parameters (a, b, c, d) in "seed < 3", found "seed"'],
    ["c < d", 'expected == or != between two parameters in "c < d", found texts in c'],
    ["c == 3", 'expected == or != between two parameters in "c == 3", found texts in c'],
    ["c == a + b", 'expected == or != between two parameters in "c == a + b", found texts in c'],
    ["1 < 2", 'expected a constraint on a parameter, found "1 < 2"'],
    ["a < NaN", 'expected drawable parameters (a, b, c, d) in "a < NaN", found "NaN"'],
    ["", 'expected a number, a name or their product at position 0 in "", found nothing'],
  ])("%j is refused", (text, message) => {
    expect(issuesOf({ parameters, constraints: ["a > 0", text] })).toEqual([`constraints.1: ${message}`]);
  });

  test("are not looked at before the conditions are right", () => {
    const cyclic = { a: { ...bool, when: { b: true } }, b: { ...bool, when: { a: true } } };
    expect(issuesOf({ parameters: cyclic, constraints: ["a < x"] })).toEqual([
      'parameters.a.when: expected no cycle, found "a when b when a"',
    ]);
  });
});
