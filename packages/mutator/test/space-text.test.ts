import { describe, expect, test } from "vitest";
import type { Parameter } from "../src/parameter.ts";
import { prepareValid } from "../src/prepared-space.ts";
import { Space } from "../src/space.ts";
import { spaceText } from "../src/space-text.ts";

const text = (space: unknown): string => spaceText(prepareValid(Space.parse(space)));
const lr: Parameter = { type: "float", range: [0, 1] };
const n: Parameter = { type: "int", range: [1, 9] };
const kind: Parameter = { type: "categorical", choices: ["a", "b"] };
const on: Parameter = { type: "bool" };

describe("one text for", () => {
  test.each<[string, unknown, unknown]>([
    ["any order of parameters", { lr, n }, { n, lr }],
    ["both forms", { lr }, { parameters: { lr } }],
    [
      "flags, defaults, comments and levels",
      { lr },
      { lr: { ...lr, flag: "--lr", default: 3, comment: "why", levels: 4 } },
    ],
    ["seeds", { lr }, { lr, seed: { type: "int", range: [0, 9] }, other: { type: "int", role: "seed" } }],
    ["uniform, said or not", { lr }, { lr: { ...lr, distribution: "uniform" } }],
    ["6 digits, said or not", { lr }, { lr: { ...lr, digits: 6 } }],
    ["an int's step of 1, said or not", { n }, { n: { ...n, step: 1 } }],
    ["no atom at zero, said or not", { n }, { n: { ...n, zero_probability: 0 } }],
    ["digits beside a step", { lr: { ...lr, step: 0.5 } }, { lr: { ...lr, step: 0.5, digits: 3 } }],
    ["-0", { lr }, { lr: { ...lr, range: [-0, 1] } }],
    ["equal weights, said or not", { kind }, { kind: { ...kind, weights: [2, 2] } }],
    ["a fixed value, whatever the range", { n: { ...n, value: 3 } }, { n: { type: "int", value: 3 } }],
    [
      "a condition of one value",
      { kind, on: { ...on, when: { kind: "a" } } },
      { kind, on: { ...on, when: { kind: ["a"] } } },
    ],
    [
      "any order of values",
      { kind, on: { ...on, when: { kind: ["b", "a"] } } },
      { kind, on: { ...on, when: { kind: ["a", "b", "a"] } } },
    ],
    ["any spelling of values", { n, on: { ...on, when: { n: [2] } } }, { n, on: { ...on, when: { n: ["2.0"] } } }],
    [
      "any order of constraints",
      { parameters: { n, lr }, constraints: ["n > lr", "n < 8"] },
      { parameters: { n, lr }, constraints: ["n < 8", "n > lr"] },
    ],
    [
      "any wording of a constraint",
      { parameters: { n, lr }, constraints: ["2*n>=lr+1"] },
      { parameters: { n, lr }, constraints: [" lr + 1 <= n * 2 ", "n + n - lr >= 1"] },
    ],
    ["no constraints, said or not", { n }, { parameters: { n }, constraints: [] }],
  ])("%s", (_, one, other) => {
    expect(text(one)).toBe(text(other));
  });
});

describe("another text for", () => {
  test.each<[string, unknown, unknown]>([
    ["another name", { a: n }, { b: n }],
    ["another type", { a: n }, { a: { type: "float", range: [1, 9] } }],
    ["another range", { n }, { n: { ...n, range: [1, 8] } }],
    ["another distribution", { n }, { n: { ...n, distribution: "log_uniform" } }],
    ["a step", { n }, { n: { ...n, step: 2 } }],
    ["other digits", { lr }, { lr: { ...lr, digits: 5 } }],
    ["an atom at zero", { n }, { n: { ...n, zero_probability: 0.1 } }],
    ["other weights", { kind: { ...kind, weights: [1, 2] } }, { kind: { ...kind, weights: [2, 1] } }],
    ["choices in another order", { kind }, { kind: { ...kind, choices: ["b", "a"] } }],
    ["a fixed value", { n }, { n: { ...n, value: 3 } }],
    ["a condition", { kind, on }, { kind, on: { ...on, when: { kind: "a" } } }],
    ["another condition", { kind, on: { ...on, when: { kind: "b" } } }, { kind, on: { ...on, when: { kind: "a" } } }],
    ["a constraint", { n }, { parameters: { n }, constraints: ["n < 8"] }],
    [
      "a stricter constraint",
      { parameters: { n }, constraints: ["n <= 8"] },
      { parameters: { n }, constraints: ["n < 8"] },
    ],
    [
      "a mirrored constraint",
      { parameters: { n, lr }, constraints: ["n < lr"] },
      { parameters: { n, lr }, constraints: ["n > lr"] },
    ],
  ])("%s", (_, one, other) => {
    expect(text(one)).not.toBe(text(other));
  });
});
