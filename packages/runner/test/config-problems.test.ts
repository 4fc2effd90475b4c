import { expect, test } from "vitest";
import { z } from "zod";
import { configProblems, pathText, show } from "../src/config-problems.ts";

const Inner = z.strictObject({ pattern: z.string(), required: z.boolean().optional() });
const Schema = z.strictObject({
  mode: z.enum(["mutation", "default"]).optional(),
  count: z.int().positive().optional(),
  rate: z.number().positive({ error: "expected a number > 0, found that" }).optional(),
  pair: z
    .tuple([z.number(), z.number()])
    .refine(([a, b]) => a <= b, { error: "expected low <= high" })
    .optional(),
  list: z.array(z.string()).optional(),
  either: z.union([z.string(), Inner]).optional(),
});
const shape = {
  validKeys: (path: readonly PropertyKey[]) => Object.keys(path.length === 0 ? Schema.shape : Inner.shape),
  renamed: { old_mode: "mode" },
};

function problems(value: unknown): readonly string[] {
  const { error } = Schema.safeParse(value, { reportInput: true });
  return configProblems("f", error?.issues ?? [], shape).map(({ path, message }) => `${path}: ${message}`);
}

test.each([
  [{ mod: "default" }, 'mod: unknown key "mod"; did you mean "mode"?'],
  [{ old_mode: "default" }, 'old_mode: unknown key "old_mode"; it is called "mode"'],
  [{ constructor: 1 }, 'constructor: unknown key "constructor"; valid: mode, count, rate, pair, list, either'],
  [{ mode: "defualt" }, 'mode: expected mutation | default, found "defualt"; did you mean "default"?'],
  [{ mode: 3 }, "mode: expected mutation | default, found 3"],
  [{ count: "3" }, 'count: expected number, found "3"'],
  [{ count: 1.5 }, "count: expected int, found 1.5"],
  [{ count: null }, "count: expected number, found null"],
  [{ list: ["a", 2] }, "list[1]: expected string, found 2"],
  [{ pair: [2, 1] }, "pair: expected low <= high, found [2,1]"],
  [{ rate: -1 }, "rate: expected a number > 0, found that"],
  [{ either: 3 }, "either: expected string, or object, found 3"],
  [{ either: { pattern: "x", requierd: true } }, 'either.requierd: unknown key "requierd"; did you mean "required"?'],
  [{ either: { pattern: 3 } }, "either.pattern: expected string, found 3"],
  [{ either: {} }, "either.pattern: expected string, found nothing"],
])("%j", (value, expected) => {
  expect(problems(value)).toEqual([expected]);
});

test("every problem is told, with its file", () => {
  const { error } = Schema.safeParse({ mode: 1, a: 2, b: 3 }, { reportInput: true });
  expect(configProblems("f.json", error?.issues ?? [], shape)).toMatchObject([
    { file: "f.json", path: "mode" },
    { file: "f.json", path: "a" },
    { file: "f.json", path: "b" },
  ]);
});

test("a number below its bound is told with the bound and the number", () => {
  expect(problems({ count: -1 })[0]).toMatch(/^count: .*>0.*, found -1$/);
});

test("paths read like JavaScript", () => {
  expect(pathText(["models", "digits", "models", 0, "x"])).toBe("models.digits.models[0].x");
  expect(pathText([])).toBe("");
});

test("values are shown as JSON of a readable length", () => {
  expect(show(undefined)).toBe("nothing");
  expect(show({ a: [1, "b"] })).toBe('{"a":[1,"b"]}');
  expect(show(Number.POSITIVE_INFINITY)).toBe("Infinity");
  expect(show("x".repeat(500))).toHaveLength(120);
});
