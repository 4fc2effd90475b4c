import { expect, test } from "vitest";
import { axesOf } from "../src/axis.ts";
import { bindConstraint } from "../src/bound-constraint.ts";
import type { Parameter } from "../src/parameter.ts";
import { parseConstraint } from "../src/parse-constraint.ts";

const parameters: Record<string, Parameter> = {
  a: { type: "int", range: [1, 1_000_000_000_000] },
  b: { type: "bool" },
  c: { type: "categorical", choices: ["7", "x", "true"], default: "9" },
  d: { type: "int", range: [0, 9], when: { b: true } },
};
const axes = axesOf({ parameters, constraints: [] }); // a, b, c, d

test.each<[string, readonly number[], boolean]>([
  ["a <= 3", [2, 0, 0, -1], true],
  ["a <= 3", [3, 0, 0, -1], false],
  ["b == 1", [0, 1, 0, 0], true],
  ["a + d < 4", [2, 1, 0, 1], false],
  ["a + d < 4", [9, 0, 0, -1], true],
  ["a == c", [6, 0, 0, -1], true],
  ["a == c", [6, 0, 1, -1], false],
  ["a == c", [5, 0, 1, -1], false],
  ["a != c", [5, 0, 1, -1], true],
  ["b == c", [0, 1, 2, 0], true],
  ["b == c", [0, 0, 2, -1], false],
  ["a == c", [8, 0, -2, -1], true],
  ["a == c", [7, 0, -2, -1], false],
])("%s at %j is %j; a parameter that takes no part says nothing", (text, indices, isHeld) => {
  expect(bindConstraint(parseConstraint(text), axes).holds(indices)).toBe(isHeld);
});

test.each<[string, readonly number[], readonly number[], string]>([
  ["a == c", [7, 0, 0, 0], [100, 2, 3, 10], "never"],
  ["a != c", [7, 0, 0, 0], [100, 2, 3, 10], "always"],
  ["a == c", [6, 0, 0, 0], [100, 2, 3, 10], "sometimes"],
  ["a == c", [6, 0, 0, 0], [7, 2, 1, 10], "always"],
  ["a != c", [6, 0, 0, 0], [7, 2, 1, 10], "never"],
  ["a <= 3", [0, 0, 0, 0], [3, 2, 3, 10], "always"],
  ["a + d < 0", [0, 0, 0, 0], [9, 2, 3, 10], "sometimes"],
  ["a + d < 0", [0, 1, 0, 0], [9, 2, 3, 10], "never"],
  ["a + d < 0", [0, 0, 0, 0], [9, 1, 3, 10], "always"],
])("%s from %j to %j: %s", (text, from, to, expected) => {
  const box = from.map((first, axis) => [first, to[axis] ?? 0] as const);
  expect(bindConstraint(parseConstraint(text), axes).verdict(box)).toBe(expected);
});
