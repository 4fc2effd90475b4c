import { describe, expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import type { Parameter } from "../src/parameter.ts";
import { subspace } from "../src/subspace.ts";

const parameters: Record<string, Parameter> = {
  optimizer: { type: "categorical", choices: ["adam", "sgd"] },
  momentum: { type: "int", range: [0, 9], when: { optimizer: "sgd" } },
  epochs: { type: "int", range: [1, 100] },
  warmup: { type: "int", range: [0, 100] },
  other: { type: "bool" },
};
const space = { parameters, constraints: ["warmup < epochs", "epochs < 90"] };

test("what is not drawn and not needed stays out", () => {
  expect(subspace(space, ["other"], {})).toEqual({ parameters: { other: { type: "bool" } }, constraints: [] });
});

test("parents and constrained partners come along, fixed at their values", () => {
  const { optimizer, momentum, epochs, warmup } = parameters;
  expect(subspace(space, ["momentum"], { optimizer: "sgd" }).parameters).toEqual({
    momentum: Object.assign({}, momentum, { when: { optimizer: "sgd" } }),
    optimizer: { ...optimizer, value: "sgd" },
  });
  expect(subspace(space, ["warmup"], { epochs: 20 })).toEqual({
    parameters: { warmup, epochs: { ...epochs, value: 20 } },
    constraints: ["warmup < epochs"],
  });
});

describe("refused", () => {
  test("are names that the space lacks and values that are not given", () => {
    expect(() => subspace(space, ["x"], {})).toThrow(expect.objectContaining({ code: "UNKNOWN_PARAMETER" }));
    const message = 'Expected a value of optimizer, on which "momentum" depends, found none';
    expect(() => subspace(space, ["momentum"], { optimizer: null })).toThrow(new MutatorError("BAD_VALUE", message));
  });
});
