import { expect, test } from "vitest";
import { Parameter } from "../src/parameter.ts";

/** Each issue as `path: message`. */
function issuesOf(input: unknown): string[] {
  const { error } = Parameter.safeParse(input);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test.each<[unknown, string]>([
  [3, ": Invalid input: expected object, received number"],
  [{}, 'type: expected one of "int", "float", "bool", "categorical", found nothing'],
  [{ type: "integer" }, 'type: expected one of "int", "float", "bool", "categorical", found "integer"'],
  [{ type: "bool", flag: "" }, 'flag: expected a flag such as "--lr", found ""'],
  [{ type: "bool", flag: 3 }, 'flag: expected a flag such as "--lr", found 3'],
  [{ type: "bool", default: [] }, "default: expected a string, finite number, boolean or null, found []"],
  [{ type: "bool", role: "sed" }, 'role: expected "seed", found "sed"'],
  [{ type: "int", range: 3 }, "range: expected [lower, upper], found 3"],
  [{ type: "int", range: [1] }, "range: expected [lower, upper], found [1]"],
  [{ type: "int", range: [1, 2, 3] }, "range: expected [lower, upper], found [1, 2, 3]"],
  [{ type: "int", range: [1, "2"] }, 'range.1: expected a finite number, found "2"'],
  [{ type: "float", range: [Number.NaN, 1] }, "range.0: expected a finite number, found NaN"],
  [{ type: "float", range: [0, Number.POSITIVE_INFINITY] }, "range.1: expected a finite number, found Infinity"],
  [
    { type: "float", range: [0.1, 1], distribution: "log" },
    'distribution: expected "uniform" or "log_uniform", found "log"',
  ],
  [{ type: "float", range: [0, 1], step: 0 }, "step: expected a number > 0, found 0"],
  [{ type: "float", range: [0, 1], digits: 0 }, "digits: expected an integer from 1 to 15, found 0"],
  [{ type: "float", range: [0, 1], digits: 16 }, "digits: expected an integer from 1 to 15, found 16"],
  [{ type: "float", range: [0, 1], digits: 2.5 }, "digits: expected an integer from 1 to 15, found 2.5"],
  [
    { type: "float", range: [0, 1], zero_probability: 1.5 },
    "zero_probability: expected a number from 0 to 1, found 1.5",
  ],
  [{ type: "categorical", choices: [null] }, "choices.0: expected a string, finite number or boolean, found null"],
  [{ type: "categorical", choices: "a" }, 'choices: expected a list of choices, found "a"'],
  [{ type: "categorical", choices: ["a"], weights: [-1] }, "weights.0: expected a number >= 0, found -1"],
  [{ type: "int", range: [1, 2], value: Number.NaN }, "value: expected a string, finite number or boolean, found NaN"],
  [
    { type: "int", range: [1, 2], default: Number.NaN },
    "default: expected a string, finite number, boolean or null, found NaN",
  ],
  [{ type: "int", range: [Number.NEGATIVE_INFINITY, 2] }, "range.0: expected a finite number, found -Infinity"],
  [{ type: "float", range: [0, 1], step: Number.NaN }, "step: expected a number > 0, found NaN"],
  [{ type: "float", range: [0, 1], step: Number.POSITIVE_INFINITY }, "step: expected a number > 0, found Infinity"],
  [{ type: "float", range: [0, 1], step: -0.1 }, "step: expected a number > 0, found -0.1"],
  [{ type: "float", range: [0, 1], digits: Number.NaN }, "digits: expected an integer from 1 to 15, found NaN"],
  [{ type: "float", range: [0, 1], levels: Number.NaN }, "levels: expected an integer from 1 to 10000, found NaN"],
  [{ type: "float", range: [0, 1], levels: 0 }, "levels: expected an integer from 1 to 10000, found 0"],
  [{ type: "float", range: [0, 1], levels: 10_001 }, "levels: expected an integer from 1 to 10000, found 10001"],
  [{ type: "float", range: [0, 1], levels: 2.5 }, "levels: expected an integer from 1 to 10000, found 2.5"],
  [
    { type: "float", range: [0, 1], zero_probability: Number.NaN },
    "zero_probability: expected a number from 0 to 1, found NaN",
  ],
  [
    { type: "float", range: [0, 1], zero_probability: -0.1 },
    "zero_probability: expected a number from 0 to 1, found -0.1",
  ],
  [
    { type: "categorical", choices: ["a", Number.NaN] },
    "choices.1: expected a string, finite number or boolean, found NaN",
  ],
  [{ type: "categorical", choices: ["a"], weights: [Number.NaN] }, "weights.0: expected a number >= 0, found NaN"],
  [
    { type: "categorical", choices: ["a"], weights: [Number.POSITIVE_INFINITY] },
    "weights.0: expected a number >= 0, found Infinity",
  ],
  [{ type: "categorical", choices: ["a"], weights: 1 }, "weights: expected a list of weights, found 1"],
  [{ type: "bool", value: null }, "value: expected a string, finite number or boolean, found null"],
  [{ type: "bool", when: "a" }, 'when: expected an object of values by name, found "a"'],
  [{ type: "bool", when: { a: null } }, "when.a: expected a value or a list of values, found null"],
  [{ type: "bool", when: { a: [Number.NaN] } }, "when.a: expected a value or a list of values, found [NaN]"],
  ["int", ": Invalid input: expected object, received string"],
  [null, ": Invalid input: expected object, received null"],
  [[], ": Invalid input: expected object, received array"],
])("%j", (input, issue) => {
  expect(issuesOf(input)).toEqual([issue]);
});
