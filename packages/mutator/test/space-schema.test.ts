import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parameterFields } from "../src/parameter.ts";
import { ParameterShape } from "../src/parameter-shape.ts";
import { Space } from "../src/space.ts";

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

const schema = z
  .looseObject({
    $defs: z.looseObject({ parameter: z.looseObject({ properties: z.record(z.string(), z.unknown()) }) }),
  })
  .parse(readJson("../space.schema.json"));
const { parameter } = schema.$defs;
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: true });
const isValid = ajv.compile(schema);

const Models = z.object({
  models: z.record(z.string(), z.object({ supported_hyperparams: z.record(z.string(), z.unknown()) })),
});
const { models } = Models.parse(readJson("../../../config/models_config.json"));
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
    ["10001 levels", { lr: { ...lr, levels: 10_001 } }],
    ["a role that is none", { seed: { type: "int", role: "Seed" } }],
    ["a default that is a list", { lr: { ...lr, default: [1] } }],
  ])("%s", (_, space) => {
    expect(Space.safeParse(space).success).toBe(false);
    expect(isValid(space)).toBe(false);
  });
});

describe("generated spaces", () => {
  const scalar = fc.oneof(
    fc.integer({ min: -3, max: 12 }),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const text = fc.constantFrom("", "a", "b", "int", "float", "bool", "categorical", "uniform", "log_uniform", "seed");
  const leaf = fc.oneof(scalar, text);
  const anything = fc.oneof(
    { weight: 3, arbitrary: leaf },
    fc.array(leaf, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "type"), leaf, { maxKeys: 2, noNullPrototype: true }),
  );
  /** What a field mostly has, so that many of the spaces are valid or nearly so. */
  const usual: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    flag: fc.constant("--a"),
    default: leaf,
    range: fc.constantFrom([1, 5], [0, 1], [0.5, 3]),
    distribution: fc.constantFrom("uniform", "log_uniform"),
    step: fc.constantFrom(1, 0.5),
    digits: fc.integer({ min: 1, max: 15 }),
    zero_probability: fc.constantFrom(0, 0.5, 1),
    choices: fc.constantFrom(["a", "b"], [1, true]),
    weights: fc.constantFrom([1, 0], [1, 2]),
    value: leaf,
    when: fc.constantFrom({}, { a: true }, { b: ["a", 1] }),
    levels: fc.integer({ min: 1, max: 10_000 }),
    role: fc.constant("seed"),
    _note: anything,
    comment: anything,
    comments: anything,
  };
  const type = fc.constantFrom("int", "float", "bool", "categorical");
  const fields = fc
    .subarray(Object.keys(usual), { maxLength: 3 })
    .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), usual[name] ?? anything))))
    .map((entries) => Object.fromEntries(entries));
  const base = fc.constantFrom(
    {},
    { type: "int", range: [1, 5] },
    { type: "float", range: [0.5, 1] },
    { type: "bool" },
    { type: "categorical", choices: ["a", 1] },
  );
  const aParameter = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(base, fields).map(([one, other]) => ({ ...one, ...other })) },
    fc
      .tuple(type, fc.constantFrom(...parameterFields), anything)
      .map(([kind, field, value]) => ({ type: kind, [field]: value })),
    anything,
  );
  const parameters = fc.dictionary(fc.constantFrom("a", "b", "type", "parameters"), aParameter, {
    maxKeys: 2,
    noNullPrototype: true,
  });
  const constraints = fc.oneof(fc.constant(["a < b"]), fc.constant([]), anything);
  const aSpace = fc
    .oneof(parameters, fc.record({ parameters, constraints }, { requiredKeys: ["parameters"], noNullPrototype: true }))
    .map((space): unknown => JSON.parse(JSON.stringify(space)));

  test("that Space accepts, the schema accepts", () => {
    let accepted = 0;
    const law = fc.property(aSpace, (space) => {
      if (!Space.safeParse(space).success) return;
      accepted++;
      expect(isValid(space)).toBe(true);
    });
    fc.assert(law, { seed: 81, numRuns: 20_000 });
    expect(accepted).toBeGreaterThan(2000);
  });

  test("of one parameter, the schema accepts or refuses by the same fields and types", () => {
    const isValidParameter = ajv.compile(parameter);
    const seen = { accepted: 0, refused: 0 };
    const law = fc.property(aParameter, (written) => {
      const input: unknown = JSON.parse(JSON.stringify(written));
      const shape = ParameterShape.safeParse(withoutComments(input)).success;
      seen[shape ? "accepted" : "refused"]++;
      expect(isValidParameter(input)).toBe(shape);
    });
    fc.assert(law, { seed: 82, numRuns: 20_000 });
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(2000);
  });

  function withoutComments(input: unknown): unknown {
    if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
    return Object.fromEntries(Object.entries(input).filter(([key]) => key !== "comment" && key !== "_note"));
  }
});

const Described = z.looseObject({ description: z.string().min(10) });

test("every field of a parameter is there with a description, and no other", () => {
  expect(Object.keys(parameter.properties)).toEqual(parameterFields);
  for (const property of Object.values(parameter.properties)) Described.parse(property);
});

test("each field has the type that zod knows", () => {
  const Typed = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
  const { properties } = Typed.parse(z.toJSONSchema(ParameterShape));
  for (const field of parameterFields) {
    expect([field, typesOf(parameter.properties[field])]).toEqual([field, typesOf(properties[field])]);
  }
});

/** The JSON types that a schema allows at the top, below lists and below records. */
function typesOf(node: unknown): unknown {
  const { type, enum: values, const: value, anyOf, items, prefixItems, additionalProperties } = Node.parse(node);
  if (anyOf) return anyOf.flatMap(typesOf);
  const own = [type ?? [...(values ?? []), value].flatMap((one) => (one === undefined ? [] : [typeof one]))].flat();
  const below = [items, additionalProperties, ...(prefixItems ?? [])].filter((one) => typeof one === "object");
  return [...new Set(own), ...below.map(typesOf)];
}

const Node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  prefixItems: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
});

test("the definition of a parameter stands on its own, for the schema of another file", () => {
  const isValidParameter = ajv.compile(parameter);
  expect(isValidParameter(lr)).toBe(true);
  expect(isValidParameter({ ...lr, typo: 1 })).toBe(false);
});

test("it is draft 2020-12, and nothing in it is read-only", () => {
  expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", title: "Search space" });
  expect(JSON.stringify(schema)).not.toContain("readOnly");
});
