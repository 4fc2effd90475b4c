import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parameterFields } from "../src/parameter.ts";
import { Space } from "../src/space.ts";
import { spaceJsonSchema } from "../src/space-json-schema.ts";

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const isValid = ajv.compile(spaceJsonSchema());
const definitions = z
  .object({ $defs: z.object({ parameter: z.record(z.string(), z.unknown()) }) })
  .parse(spaceJsonSchema());
const isValidParameter = ajv.compile(definitions.$defs.parameter);

const Models = z.object({
  models: z.record(z.string(), z.object({ supported_hyperparams: z.record(z.string(), z.unknown()) })),
});
const { models } = Models.parse(
  JSON.parse(readFileSync(new URL("../../../config/models_config.json", import.meta.url), "utf8")),
);
const shipped = Object.entries(models).map(([name, { supported_hyperparams: space }]) => [name, space] as const);

const lr = { flag: "--lr", type: "float", default: 0.5, range: [1e-5, 0.1], distribution: "log_uniform" };
const everything = {
  lr,
  dropout: { type: "float", range: [0, 0.5], step: 0.05, levels: 3 },
  decay: { type: "float", range: [1e-6, 1e-2], digits: 3, zero_probability: 0.5, default: null },
  optimizer: { type: "categorical", choices: ["adam", 1, true], weights: [1, 0, 2.5], default: "adam" },
  momentum: { type: "float", range: [0, 1], when: { optimizer: "adam" } },
  beta: { type: "float", range: [0, 1], when: { optimizer: ["adam", true], lr: 0.5 } },
  layers: { type: "int", value: 3 },
  nesterov: { type: "bool", default: false },
  seed: { type: "int", role: "seed" },
};

describe("accepts, as Space does", () => {
  test.each<readonly [string, unknown]>([
    ...shipped,
    ["nothing", {}],
    ["every field", everything],
    ["comments", { lr: { ...lr, comment: "tuned", description: "learning rate", _note: [1], _: null } }],
    ["parameters and constraints", { parameters: everything, constraints: ["lr < dropout", "layers <= 4"] }],
    ["parameters alone", { parameters: everything }],
    ["a parameter that is called parameters", { parameters: { type: "bool" }, constraints: { type: "bool" } }],
  ])("%s", (_, space) => {
    expect(Space.safeParse(space).success).toBe(true);
    expect(isValid(space)).toBe(true);
  });
});

test("the repository ships spaces to be accepted", () => {
  expect(shipped.length).toBeGreaterThan(1);
});

describe("refuses, as Space does", () => {
  test.each<readonly [string, unknown]>([
    ["no object", []],
    ["a parameter without type", { lr: { range: [0, 1] } }],
    ["a type that is none", { lr: { ...lr, type: "double" } }],
    ["an unknown field", { lr: { ...lr, rnage: [0, 1] } }],
    ["a comment that is none", { lr: { ...lr, comments: "tuned" } }],
    ["an unknown key beside parameters", { parameters: { lr }, constraint: ["lr < 1"] }],
    ["an unknown field below parameters", { parameters: { lr: { ...lr, rnage: [0, 1] } } }],
    ["constraints that are no list", { parameters: { lr }, constraints: "lr < 1" }],
    ["a constraint that is no text", { parameters: { lr }, constraints: [1] }],
    ["an empty flag", { lr: { ...lr, flag: "" } }],
    ["one bound", { lr: { ...lr, range: [1] } }],
    ["three bounds", { lr: { ...lr, range: [1, 2, 3] } }],
    ["bounds in quotes", { lr: { ...lr, range: ["1", "2"] } }],
    ["a distribution that is none", { lr: { ...lr, distribution: "normal" } }],
    ["a step of 0", { lr: { ...lr, step: 0 } }],
    ["16 digits", { lr: { ...lr, digits: 16 } }],
    ["half a digit", { lr: { ...lr, digits: 0.5 } }],
    ["a probability above 1", { lr: { ...lr, zero_probability: 1.1 } }],
    ["choices that are no list", { a: { type: "categorical", choices: "x" } }],
    ["a choice that is a list", { a: { type: "categorical", choices: [["x"]] } }],
    ["a negative weight", { a: { type: "categorical", choices: ["x"], weights: [-1] } }],
    ["null as a fixed value", { a: { type: "bool", value: null } }],
    ["a condition that is a text", { a: { type: "bool", when: "b" } }],
    ["a condition on null", { b: { type: "bool" }, a: { type: "bool", when: { b: null } } }],
    ["no levels", { lr: { ...lr, levels: 0 } }],
    ["a role that is none", { seed: { type: "int", role: "Seed" } }],
    ["a default that is a list", { lr: { ...lr, default: [1] } }],
  ])("%s", (_, space) => {
    expect(Space.safeParse(space).success).toBe(false);
    expect(isValid(space)).toBe(false);
  });
});

test("every field of a parameter is there and has a description", () => {
  const { properties } = z
    .object({ properties: z.record(z.string(), z.object({ description: z.string().min(10) })) })
    .parse(definitions.$defs.parameter);
  expect(Object.keys(properties).toSorted()).toEqual(parameterFields.toSorted());
});

test("the definition of a parameter stands on its own, for the schema of another file", () => {
  expect(isValidParameter(lr)).toBe(true);
  expect(isValidParameter({ ...lr, typo: 1 })).toBe(false);
});

test("it is draft 2020-12 and survives JSON", () => {
  expect(spaceJsonSchema()).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Search space",
  });
  expect(JSON.parse(JSON.stringify(spaceJsonSchema()))).toEqual(spaceJsonSchema());
});

test("what came out may be changed by whoever asked for it", () => {
  Object.assign(spaceJsonSchema(), { title: "Mine", $defs: {} });
  expect(spaceJsonSchema()).toMatchObject({ title: "Search space", $defs: { parameter: { type: "object" } } });
});
