import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { compilePythonRegex } from "../src/compile-python-regex.ts";
import { MetricsParserError } from "../src/errors.ts";

const Cases = z.array(z.tuple([z.string(), z.string(), z.array(z.array(z.string()))]));
const cases = Cases.parse(JSON.parse(readFileSync(new URL("fixtures/python-findall.json", import.meta.url), "utf8")));

const findAll = (pattern: string, text: string): string[][] =>
  Array.from(text.matchAll(compilePythonRegex(pattern)), (match) => Array.from(match, (group) => group ?? ""));

const refusal = (pattern: string, where?: string): string => {
  try {
    compilePythonRegex(pattern, { where });
  } catch (error) {
    if (error instanceof MetricsParserError && error.code === "BAD_PATTERN") return error.message;
    throw error;
  }
  throw new Error(`/${pattern}/ was accepted`);
};

describe("finds what Python finds", () => {
  test.each(cases)("%j in %j", (pattern, text, expected) => {
    expect(findAll(pattern, text)).toEqual(expected);
  });
});

describe("keeps", () => {
  it("group names and numbers", () => {
    const match = compilePythonRegex("(?P<name>\\w+)=(\\d+)").exec("loss=5");
    expect(match?.groups).toEqual({ name: "loss" });
    expect(match?.[2]).toBe("5");
  });
});

describe("refuses", () => {
  test.each([
    ["(?(1)a|b)", "conditional"],
    ["(a)?(?(1)b)", "conditional"],
    ["\\N{DIGIT ONE}", "\\N{…}"],
    ["(?>a*b)", "atomic group"],
    ["(?:ab)++", "possessive"],
    ["(?a)\\w", 'flag "a"'],
    ["(?L)a", 'flag "L"'],
    ["(?-i:a)", "case-insensitivity"],
    ["(?i-i:a)", "turns off flags"],
    ["(?m-:a)", "turns off flags"],
    ["(?m", "flags of a group"],
    ["a(?i)b", "very start"],
    ["(a)?\\1", "may not take part"],
    ["(?:(a)|b)\\1", "may not take part"],
    ["(?:(a)|b)*", "may skip"],
    ["(a*)*", "without taking a character"],
    ["(?<=a+)b", "no fixed width"],
    ["(?<=a|bc)d", "no fixed width"],
    ["(?<=(a)\\1)b", "own look-behind"],
    ["(?<x>a)", "(?<x"],
    ["(?Pxa)", "(?Px"],
    ["(?&a)", "(?&"],
    ["(?P<1>a)", "no group name"],
    ["(?P<n>a)(?P<n>b)", "used twice"],
    ["(?P=n)", "no group before it"],
    ["\\1", "no group before it"],
    ["(a\\1)", "still open"],
    ["(a", "not closed"],
    ["a)", "closes no group"],
    ["[a", "not closed"],
    ["(?#a", "not closed"],
    ["[b-a]", "no character range"],
    ["[\\w-z]", "no character range"],
    ["*a", "nothing to repeat"],
    ["^*", "nothing to repeat"],
    ["\\b+", "nothing to repeat"],
    ["a**", "follows a quantifier"],
    ["a{2,1}", "wrong way round"],
    ["\\q", "\\q is no escape"],
    ["[\\A]", "\\A is no escape"],
    ["[\\8]", "\\8 is no escape"],
    ["\\x4", "hexadecimal"],
    ["\\U00110000", "beyond Unicode"],
    ["\\777", "octal"],
    ["[\\777]", "octal"],
    ["a\\", "backslash"],
  ])("%j, naming the construct", (pattern, construct) => {
    expect(refusal(pattern)).toContain(construct);
  });

  it("what would exhaust the stack, or JavaScript's number of groups", () => {
    expect(refusal(`${"(".repeat(20_000)}${")".repeat(20_000)}`)).toContain("nested more than 100 deep");
    expect(refusal("()".repeat(40_000))).toContain("JavaScript refuses its translation");
  });

  it("naming the place and the pattern, cut to 200 characters", () => {
    expect(refusal("(a", "the metric accuracy")).toBe(
      'Cannot use the pattern of the metric accuracy, "(a": a group is not closed by ")"',
    );
    expect(refusal(`(${"a".repeat(500)}`)).toContain(`"(${"a".repeat(199)}…"`);
  });
});
