import type { Parameter } from "@ea/mutator";
import { expect, test } from "vitest";
import { spaceNotices } from "../src/space-notices.ts";

test.each<[string, Parameter, string]>([
  [
    "above the range",
    { type: "float", range: [0, 0.1], default: 0.5 },
    "The default of a, 0.5, lies outside its range [0, 0.1]",
  ],
  ["below the range", { type: "int", range: [1, 9], default: 0 }, "The default of a, 0, lies outside its range [1, 9]"],
  [
    "none of the choices",
    { type: "categorical", choices: ["x", 1, true], default: "y" },
    'The default of a, "y", lies outside its choices ("x", 1, true)',
  ],
  [
    "a choice of weight 0",
    { type: "categorical", choices: ["x", "y"], weights: [1, 0], default: "y" },
    'The default of a, "y", lies outside its choices ("x")',
  ],
])("a default %s is told", (_, parameter, notice) => {
  expect(spaceNotices({ parameters: { a: parameter } })).toEqual([notice]);
});

test.each<[string, Parameter]>([
  ["no default", { type: "int", range: [1, 9] }],
  ["null", { type: "int", range: [1, 9], default: null }],
  ["an end of the range", { type: "int", range: [1, 9], default: 9 }],
  [
    "a number inside the range that is never drawn: too many digits",
    { type: "float", range: [0, 1], default: 0.123456789 },
  ],
  [
    "a number inside the range that is never drawn: between steps",
    { type: "int", range: [0, 10], step: 5, default: 3 },
  ],
  ["the 0 that has a probability of its own", { type: "float", range: [0.1, 1], zero_probability: 0.5, default: 0 }],
  ["a choice", { type: "categorical", choices: ["x", "y"], default: "y" }],
  ["a choice in another type", { type: "categorical", choices: ["8", "16"], default: 8 }],
  ["a boolean", { type: "bool", default: false }],
  ["of a parameter that is fixed", { type: "int", range: [1, 9], value: 3, default: 50 }],
  ["of a seed", { type: "int", range: [1, 9], role: "seed", default: 42 }],
])("a default is in order: %s", (_, parameter) => {
  expect(spaceNotices({ parameters: { a: parameter } })).toEqual([]);
});

test("a parameter named seed is one, unless it is no parameter of its kind", () => {
  expect(spaceNotices({ parameters: { seed: { type: "int", range: [1, 9], default: 42 } } })).toEqual([]);
});

test("one sentence for each, in the order of the space", () => {
  const parameters: Record<string, Parameter> = {
    b: { type: "int", range: [1, 9], default: 10 },
    c: { type: "bool", default: true },
    a: { type: "float", range: [0, 1], default: -1 },
  };
  const notices = [
    "The default of b, 10, lies outside its range [1, 9]",
    "The default of a, -1, lies outside its range [0, 1]",
  ];
  expect(spaceNotices({ parameters })).toEqual(notices);
  expect(spaceNotices({ parameters: {} })).toEqual([]);
});
