import { expect, expectTypeOf, test } from "vitest";
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
    `"type flag default range distribution step digits zero_probability choices weights value when levels role"`,
  );
});

test("a condition on `__proto__` is refused: as a key of an object it would vanish", () => {
  const input: unknown = JSON.parse('{ "type": "bool", "when": { "__proto__": [true] } }');
  expect(issuesOf(input)).toEqual(['when.__proto__: expected no "__proto__"']);
});

test("everything wrong is told at once", () => {
  const input = { type: "int", range: [10, 5.5], default: "x", digits: 3, unknown: 1 };
  expect(issuesOf(input)).toMatchInlineSnapshot(`
    [
      ": Unrecognized key: "unknown"",
      "default: expected an integer or null for type int, found "x"",
      "digits: expected no digits for type int, found 3",
      "range.1: expected a safe integer for type int, found 5.5",
      "range: expected lower <= upper, found [10, 5.5]",
    ]
  `);
});
