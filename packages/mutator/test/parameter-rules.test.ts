import { describe, expect, test } from "vitest";
import { Parameter } from "../src/parameter.ts";

/** Each issue as `path: message`. */
function issuesOf(input: unknown): string[] {
  const { error } = Parameter.safeParse(input);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("valid", () => {
  test.each<[string, unknown]>([
    ["an int default of 10.0", { type: "int", range: [1, 5], default: 10.0 }],
    ["a null default", { type: "int", range: [1, 5], default: null }],
    ["equal bounds", { type: "float", range: [0.1, 0.1] }],
    ["a step as wide as the range, in decimals", { type: "float", range: [0.1, 0.3], step: 0.2 }],
    ["an int with a step and a zero atom", { type: "int", range: [2, 8], step: 2, zero_probability: 0.5 }],
    ["a range across zero", { type: "float", range: [-1, 1], zero_probability: 0 }],
    ["weighted choices", { type: "categorical", choices: ["a", 1, true], weights: [0, 1, 2], default: "b" }],
    ["log-uniform with a step", { type: "int", range: [16, 128], step: 16, distribution: "log_uniform" }],
    ["a fixed value instead of a range", { type: "float", value: 1e-5 }],
    ["a fixed value outside the range", { type: "int", range: [1, 5], value: 9 }],
    ["a fixed value instead of choices", { type: "categorical", value: "a" }],
    ["levels of a grid", { type: "float", range: [0, 1], levels: 3 }],
    ["a default outside the range", { type: "float", range: [0, 1], default: 2 }],
    ["negative zero as a bound", { type: "int", range: [-0, 1] }],
    ["a seed without a range", { type: "int", role: "seed" }],
  ])("%s", (_, input) => {
    expect(issuesOf(input)).toEqual([]);
  });
});

describe("refused", () => {
  test.each<[unknown, string]>([
    [{ type: "int" }, "range: expected [lower, upper] for type int, found nothing"],
    [{ type: "int", range: [10, 5] }, "range: expected lower <= upper, found [10, 5]"],
    [{ type: "int", range: [1, 2.5] }, "range.1: expected a safe integer for type int, found 2.5"],
    [{ type: "int", range: [0, 2 ** 53] }, "range.1: expected a safe integer for type int, found 9007199254740992"],
    [{ type: "float", range: [1e-300, 1] }, "range.0: expected 0 or a magnitude from 1e-290 to 1e290, found 1e-300"],
    [
      { type: "float", range: [0, 1], distribution: "log_uniform" },
      "range.0: expected a number > 0 for distribution log_uniform, found 0",
    ],
    [{ type: "float", range: [0, 1], step: 2 }, "step: expected a step <= upper - lower, found 2"],
    [{ type: "int", range: [0, 4], step: 0.5 }, "step: expected an integer for type int, found 0.5"],
    [{ type: "float", range: [0, 1e9], step: 1e-9 }, "step: expected a step >= 4.440892098500626e-7, found 1e-9"],
    [
      { type: "float", range: [0.50000001, 0.50000002] },
      "range: expected a number of 6 digits, found [0.50000001, 0.50000002]",
    ],
    [
      { type: "float", range: [1e-100, 1], digits: 15, distribution: "log_uniform" },
      "range: expected fewer than 2^53 values, found [1e-100, 1]",
    ],
    [{ type: "categorical" }, "choices: expected a choice, found []"],
    [{ type: "categorical", choices: [] }, "choices: expected a choice, found []"],
    [{ type: "categorical", choices: [1, "b", "1"] }, 'choices.2: expected distinct choices, found "1"'],
    [{ type: "categorical", choices: ["a", "b"], weights: [1] }, "weights: expected 2 weights, found [1]"],
    [{ type: "categorical", choices: ["a"], weights: [0] }, "weights: expected a weight > 0, found [0]"],
    [{ type: "int", range: [1, 2], default: 1.5 }, "default: expected an integer or null for type int, found 1.5"],
    [{ type: "int", range: [1, 2], default: "1" }, 'default: expected an integer or null for type int, found "1"'],
    [
      { type: "float", range: [1, 2], default: true },
      "default: expected a finite number or null for type float, found true",
    ],
    [{ type: "bool", default: 1 }, "default: expected true or false or null for type bool, found 1"],
    [{ type: "bool", range: [0, 1] }, "range: expected no range for type bool, found [0, 1]"],
    [{ type: "bool", step: 1 }, "step: expected no step for type bool, found 1"],
    [{ type: "bool", weights: [1, 1] }, "weights: expected no weights for type bool, found [1, 1]"],
    [{ type: "int", range: [1, 2], digits: 3 }, "digits: expected no digits for type int, found 3"],
    [{ type: "int", range: [1, 2], choices: [1] }, "choices: expected no choices for type int, found [1]"],
    [
      { type: "categorical", choices: ["a"], distribution: "uniform" },
      'distribution: expected no distribution for type categorical, found "uniform"',
    ],
    [{ type: "float", range: [0, 1], role: "seed" }, 'role: expected no role for type float, found "seed"'],
    [
      { type: "float", range: [1, 2], step: 2.5, distribution: "log_uniform" },
      "step: expected a step <= upper - lower, found 2.5",
    ],
    [{ type: "int", range: [1, 9], step: 2, distribution: "log_uniform" }, "step: expected a step < 2, found 2"],
    [
      { type: "int", range: [-1, 9], distribution: "log_uniform" },
      "range.0: expected a number > 0 for distribution log_uniform, found -1",
    ],
    [{ type: "int", range: [3, 3], step: 1 }, "step: expected a step <= upper - lower, found 1"],
    [{ type: "float", range: [0, 1e300] }, "range.1: expected 0 or a magnitude from 1e-290 to 1e290, found 1e+300"],
    [
      { type: "int", range: [0, Number.MAX_SAFE_INTEGER] },
      "range: expected fewer than 2^53 values, found [0, 9007199254740991]",
    ],
    [{ type: "int", range: [1, 2], value: 1.5 }, "value: expected an integer for type int, found 1.5"],
    [{ type: "float", value: "1" }, 'value: expected a finite number for type float, found "1"'],
    [{ type: "bool", value: 1 }, "value: expected true or false for type bool, found 1"],
    [{ type: "bool", levels: 2 }, "levels: expected no levels for type bool, found 2"],
    [
      { type: "bool", zero_probability: 0.5 },
      "zero_probability: expected no zero_probability for type bool, found 0.5",
    ],
    [{ type: "categorical", choices: [0, -0] }, 'choices.1: expected distinct choices, found "0"'],
    [{ type: "categorical", choices: ["a", "b"], weights: [1, 1, 1] }, "weights: expected 2 weights, found [1, 1, 1]"],
  ])("%j", (input, issue) => {
    expect(issuesOf(input)).toEqual([issue]);
  });

  test("200000 choices, one of them twice, are checked in no time", () => {
    const choices = Array.from({ length: 200_000 }, (_, index) => `c${index}`);
    expect(issuesOf({ type: "categorical", choices })).toEqual([]);
    const issue = 'choices.200000: expected distinct choices, found "c7"';
    expect(issuesOf({ type: "categorical", choices: [...choices, "c7"] })).toEqual([issue]);
  });
});
