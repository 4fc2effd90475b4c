import { describe, expect, expectTypeOf, test } from "vitest";
import { Parameter, parameterFields } from "../src/parameter.ts";

/** Each issue as `path: message`. */
function issuesOf(input: unknown): string[] {
  const { error } = Parameter.safeParse(input);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test("an entry of the original's config is a parameter, its default may lie outside the range", () => {
  const entry = { flag: "--lr", type: "float", default: 1, range: [0.00005, 0.00015], distribution: "log_uniform" };
  expect(Parameter.parse(entry)).toEqual(entry);
});

test("comments are dropped", () => {
  const commented = { type: "bool", comment: "why", description: ["a"], _note: {}, _: 1 };
  expect(Parameter.parse(commented)).toEqual({ type: "bool" });
});

test("a parameter is read-only in type and in fact", () => {
  expectTypeOf<Parameter>().pick("type").toEqualTypeOf<{
    readonly type: "int" | "float" | "bool" | "categorical";
  }>();
  expect(Object.isFrozen(Parameter.parse({ type: "bool" }))).toBe(true);
});

test("parsing twice changes nothing", () => {
  const once = Parameter.parse({ type: "int", range: [1, 2], _note: "" });
  expect(Parameter.parse(once)).toEqual(once);
});

test("an unknown key is refused by name", () => {
  const { error } = Parameter.safeParse({ type: "bool", defualt: true });
  expect(error?.issues).toMatchObject([{ code: "unrecognized_keys", keys: ["defualt"] }]);
});

test("the fields are listed for suggestions", () => {
  expect(parameterFields.join(" ")).toMatchInlineSnapshot(
    `"type flag default range distribution step digits zero_probability choices weights role"`,
  );
});

describe("valid", () => {
  test.each<[string, unknown]>([
    ["an int default of 10.0", { type: "int", range: [1, 5], default: 10.0 }],
    ["a null default", { type: "int", range: [1, 5], default: null }],
    ["equal bounds", { type: "float", range: [0.1, 0.1] }],
    ["a step as wide as the range, in decimals", { type: "float", range: [0.1, 0.3], step: 0.2 }],
    ["an int with a step and a zero atom", { type: "int", range: [2, 8], step: 2, zero_probability: 0.5 }],
    ["a range across zero", { type: "float", range: [-1, 1], zero_probability: 0 }],
    ["weighted choices", { type: "categorical", choices: ["a", 1, true], weights: [0, 1, 2], default: "b" }],
    ["a seed without a range", { type: "int", role: "seed" }],
  ])("%s", (_, input) => {
    expect(issuesOf(input)).toEqual([]);
  });
});

describe("refused", () => {
  test.each<[unknown, string]>([
    [3, ": Invalid input: expected object, received number"],
    [{}, 'type: expected one of "int", "float", "bool", "categorical", found nothing'],
    [{ type: "integer" }, 'type: expected one of "int", "float", "bool", "categorical", found "integer"'],
    [{ type: "bool", flag: "" }, 'flag: expected a flag such as "--lr", found ""'],
    [{ type: "bool", flag: 3 }, 'flag: expected a flag such as "--lr", found 3'],
    [{ type: "bool", default: [] }, "default: expected a number, string, boolean or null, found []"],
    [{ type: "bool", role: "sed" }, 'role: expected "seed", found "sed"'],
    [{ type: "int" }, 'range: expected [lower, upper] for type int (only role "seed" may go without), found nothing'],
    [{ type: "int", range: 3 }, "range: expected [lower, upper], found 3"],
    [{ type: "int", range: [1] }, "range: expected [lower, upper], found [1]"],
    [{ type: "int", range: [1, 2, 3] }, "range: expected [lower, upper], found [1, 2, 3]"],
    [{ type: "int", range: [1, "2"] }, 'range.1: expected a finite number, found "2"'],
    [{ type: "float", range: [Number.NaN, 1] }, "range.0: expected a finite number, found NaN"],
    [{ type: "float", range: [0, Number.POSITIVE_INFINITY] }, "range.1: expected a finite number, found Infinity"],
    [{ type: "int", range: [10, 5] }, "range: expected lower <= upper, found [10, 5]"],
    [{ type: "int", range: [1, 2.5] }, "range.1: expected a safe integer for type int, found 2.5"],
    [{ type: "int", range: [0, 2 ** 53] }, "range.1: expected a safe integer for type int, found 9007199254740992"],
    [{ type: "float", range: [1e-300, 1] }, "range.0: expected 0 or a magnitude from 1e-290 to 1e290, found 1e-300"],
    [
      { type: "float", range: [0, 1], distribution: "log_uniform" },
      "range.0: expected a lower bound > 0 for distribution log_uniform, found 0",
    ],
    [
      { type: "float", range: [0.1, 1], distribution: "log" },
      'distribution: expected "uniform" or "log_uniform", found "log"',
    ],
    [{ type: "float", range: [0, 1], step: 0 }, "step: expected a number > 0, found 0"],
    [{ type: "float", range: [0, 1], step: 2 }, "step: expected a step of at most upper - lower of [0, 1], found 2"],
    [{ type: "int", range: [0, 4], step: 0.5 }, "step: expected an integer step for type int, found 0.5"],
    [
      { type: "float", range: [1, 2], step: 0.1, distribution: "log_uniform" },
      "step: expected no step for distribution log_uniform, found 0.1",
    ],
    [
      { type: "float", range: [0, 1e9], step: 1e-9 },
      "step: expected a step that doubles near [0, 1000000000] can tell apart, found 1e-9",
    ],
    [{ type: "float", range: [0, 1], digits: 0 }, "digits: expected an integer from 1 to 15, found 0"],
    [{ type: "float", range: [0, 1], digits: 16 }, "digits: expected an integer from 1 to 15, found 16"],
    [{ type: "float", range: [0, 1], digits: 2.5 }, "digits: expected an integer from 1 to 15, found 2.5"],
    [
      { type: "float", range: [0.50000001, 0.50000002] },
      "range: expected a number of 6 significant digits inside (raise digits), found [0.50000001, 0.50000002]",
    ],
    [
      { type: "float", range: [1e-100, 1], digits: 15, distribution: "log_uniform" },
      "range: expected fewer than 2^53 - 1 values (narrow the range or lower digits), found [1e-100, 1]",
    ],
    [
      { type: "float", range: [0, 1], zero_probability: 1.5 },
      "zero_probability: expected a probability from 0 to 1, found 1.5",
    ],
    [{ type: "categorical" }, "choices: expected at least 1 choice for type categorical, found []"],
    [{ type: "categorical", choices: [] }, "choices: expected at least 1 choice for type categorical, found []"],
    [{ type: "categorical", choices: [null] }, "choices.0: expected a string, finite number or boolean, found null"],
    [{ type: "categorical", choices: "a" }, 'choices: expected a list of choices, found "a"'],
    [
      { type: "categorical", choices: [1, "b", "1"] },
      'choices.2: expected choices with distinct texts, found "1 twice"',
    ],
    [
      { type: "categorical", choices: ["a", "b"], weights: [1] },
      "weights: expected 2 weights, one per choice, found [1]",
    ],
    [{ type: "categorical", choices: ["a"], weights: [-1] }, "weights.0: expected a finite number >= 0, found -1"],
    [{ type: "categorical", choices: ["a"], weights: [0] }, "weights: expected at least 1 weight > 0, found [0]"],
    [{ type: "int", range: [1, 2], default: 1.5 }, "default: expected an integer or null for type int, found 1.5"],
    [{ type: "int", range: [1, 2], default: "1" }, 'default: expected an integer or null for type int, found "1"'],
    [{ type: "float", range: [1, 2], default: true }, "default: expected a number or null for type float, found true"],
    [{ type: "bool", default: 1 }, "default: expected true, false or null for type bool, found 1"],
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
  ])("%j", (input, issue) => {
    expect(issuesOf(input)).toEqual([issue]);
  });

  test("everything wrong is told at once", () => {
    const input = { type: "int", range: [10, 5.5], default: "x", digits: 3, unknown: 1 };
    expect(issuesOf(input)).toMatchInlineSnapshot(`
      [
        ": Unrecognized key: "unknown"",
        "digits: expected no digits for type int, found 3",
        "default: expected an integer or null for type int, found "x"",
        "range.1: expected a safe integer for type int, found 5.5",
        "range: expected lower <= upper, found [10, 5.5]",
      ]
    `);
  });
});
