import { describe, expect, test } from "vitest";
import { show } from "../src/show.ts";
import { parametersOf, Space } from "../src/space.ts";

/** Each issue as `path: message`. */
function issuesOf(input: unknown): string[] {
  const { error } = Space.safeParse(input);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const bool = { type: "bool" } as const;

test("both forms of a space are one", () => {
  const full = { parameters: { on: bool }, constraints: [] };
  expect(Space.parse({ on: bool })).toEqual(full);
  expect(Space.parse({ parameters: { on: bool } })).toEqual(full);
  expect(Space.parse(full)).toEqual(full);
  expect(parametersOf({ on: bool })).toEqual(full.parameters);
  expect(Space.parse({})).toEqual({ parameters: {}, constraints: [] });
});

test("a parameter may be called `parameters`, and in the full form `type`", () => {
  expect(Space.parse({ parameters: bool, b: bool })).toEqual({
    parameters: { parameters: bool, b: bool },
    constraints: [],
  });
  expect(Space.parse({ parameters: { type: bool } })).toEqual({ parameters: { type: bool }, constraints: [] });
});

test("names are never renamed or lost", () => {
  const names = ["", " ", "constructor", "toString", "hasOwnProperty", "a,b=c", "10", "é\n"];
  const space = Object.fromEntries(names.map((name) => [name, bool]));
  expect(Object.keys(Space.parse(space).parameters).sort()).toEqual([...names].sort());
});

test("a fault has the path at which it stands in the form that was written", () => {
  expect(issuesOf({ lr: { type: "float", range: [1, 0] } })).toEqual([
    "lr.range: expected lower <= upper, found [1, 0]",
  ]);
  expect(issuesOf({ parameters: { lr: { type: "float", range: [1, 0] } } })).toEqual([
    "parameters.lr.range: expected lower <= upper, found [1, 0]",
  ]);
  expect(issuesOf({ on: { ...bool, when: { off: true } } })).toEqual([
    'on.when.off: expected another parameter (), found "off"',
  ]);
  expect(issuesOf({ parameters: { on: { ...bool, when: { off: true } } } })).toEqual([
    'parameters.on.when.off: expected another parameter (), found "off"',
  ]);
});

describe("refused", () => {
  test.each([null, undefined, [], [bool], "a", 3, true, Number.NaN, new Map()])("%o is no space", (input) => {
    expect(issuesOf(input)).toEqual([`: expected an object of parameters by name, found ${show(input)}`]);
  });

  test.each<[unknown, string]>([
    [{ parameters: null }, "parameters: expected an object of parameters by name, found null"],
    [{ parameters: [] }, "parameters: expected an object of parameters by name, found []"],
    [{ parameters: {}, constraints: "a < b" }, 'constraints: expected a list of constraints, found "a < b"'],
    [{ parameters: {}, constraints: [3] }, "constraints.0: Invalid input: expected string, received number"],
    [{ parameters: {}, constraint: [] }, ': Unrecognized key: "constraint"'],
    [{ a: null }, "a: Invalid input: expected object, received null"],
    [JSON.parse('{ "__proto__": { "type": "bool" } }'), '__proto__: expected no "__proto__"'],
    [
      JSON.parse('{ "parameters": { "__proto__": { "type": "bool" } } }'),
      'parameters.__proto__: expected no "__proto__"',
    ],
  ])("%j", (input, issue) => {
    expect(issuesOf(input)).toEqual([issue]);
  });
});

test("a file may name its schema for editors", () => {
  const file = { $schema: "./space.schema.json", parameters: { on: { type: "bool" } } };
  expect(Space.parse(file)).toMatchObject({ parameters: { on: { type: "bool" } }, constraints: [] });
});
