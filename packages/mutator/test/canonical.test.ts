import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { canonicalText, canonicalValue } from "../src/canonical.ts";
import { MutatorError } from "../src/errors.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Value } from "../src/value.ts";

const int: Parameter = { type: "int", range: [1, 100] };
const float: Parameter = { type: "float", range: [0, 1] };
const bool: Parameter = { type: "bool" };
const categorical: Parameter = { type: "categorical", choices: ["adam", 10, true] };

test.each<[Parameter, unknown, string, Value]>([
  [int, 10, "10", 10],
  [int, 10.0, "10", 10],
  [int, "10", "10", 10],
  [int, "10.0", "10", 10],
  [int, "1e2", "100", 100],
  [int, -0, "0", 0],
  [int, 1000, "1000", 1000],
  [float, 10, "10", 10],
  [float, 0.1 + 0.2, "0.30000000000000004", 0.30000000000000004],
  [float, "1e-05", "0.00001", 0.00001],
  [float, 1e-7, "1e-7", 1e-7],
  [float, "-0.0", "0", 0],
  [float, "+.5", "0.5", 0.5],
  [bool, true, "true", true],
  [bool, "false", "false", false],
  [categorical, "adam", "adam", "adam"],
  [categorical, "10", "10", 10],
  [categorical, "true", "true", true],
  [categorical, "sgd", "sgd", "sgd"],
  [categorical, 3, "3", 3],
  [categorical, -0, "0", 0],
  [{ type: "categorical", choices: [-0] }, "0", "0", 0],
  [{ type: "categorical", value: 3 }, "3", "3", 3],
  [{ type: "categorical", value: true }, "true", "true", true],
  [{ type: "categorical", choices: ["a"], default: 5 }, "5", "5", 5],
])("%j takes %o for %s", (parameter, value, text, canonical) => {
  expect(canonicalText(parameter, value)).toBe(text);
  expect(canonicalValue(parameter, value)).toBe(canonical);
});

describe("refused", () => {
  test.each<[Parameter, unknown, string]>([
    [int, 1.5, "Expected an integer for type int, found 1.5"],
    [int, "", 'Expected an integer for type int, found ""'],
    [int, "0x10", 'Expected an integer for type int, found "0x10"'],
    [int, " 1", 'Expected an integer for type int, found " 1"'],
    [int, 2 ** 53, "Expected an integer for type int, found 9007199254740992"],
    [int, true, "Expected an integer for type int, found true"],
    [int, null, "Expected an integer for type int, found null"],
    [float, Number.NaN, "Expected a finite number for type float, found NaN"],
    [float, "Infinity", 'Expected a finite number for type float, found "Infinity"'],
    [float, "1e999", 'Expected a finite number for type float, found "1e999"'],
    [float, [1], "Expected a finite number for type float, found [1]"],
    [bool, 1, "Expected true or false for type bool, found 1"],
    [bool, "True", 'Expected true or false for type bool, found "True"'],
    [categorical, null, "Expected a string, finite number or boolean for type categorical, found null"],
    [categorical, {}, "Expected a string, finite number or boolean for type categorical, found an object"],
    [categorical, Number.NaN, "Expected a string, finite number or boolean for type categorical, found NaN"],
  ])("%j refuses %o", (parameter, value, message) => {
    expect(() => canonicalText(parameter, value)).toThrow(new MutatorError("BAD_VALUE", message));
  });
});

test("text, value, JSON and text again agree for every number", () => {
  const law = fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    const canonical = canonicalValue(float, value);
    const text = canonicalText(float, value);
    expect(String(canonical)).toBe(text);
    expect(canonicalText(float, JSON.parse(JSON.stringify(canonical)))).toBe(text);
    expect(canonicalText(float, text)).toBe(text);
  });
  fc.assert(law, { seed: 5, numRuns: 1000 });
});

test("a canonical value is a value", () => {
  expectTypeOf(canonicalValue).returns.toEqualTypeOf<Value>();
});
