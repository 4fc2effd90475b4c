import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import { configurationKey } from "../src/key.ts";
import type { Space } from "../src/space.ts";

const space: Space = {
  lr: { type: "float", range: [0, 1] },
  Batch: { type: "int", range: [1, 100] },
  "a b": { type: "categorical", choices: ["x,y", "50%", "k=v", "tab\t", "é"] },
  seed: { type: "int", range: [0, 9] },
};

test("pairs stand in the order of code units, whatever the order of the object", () => {
  expect(configurationKey(space, { lr: 0.1, Batch: 10 })).toBe("Batch=10,lr=0.1");
  expect(configurationKey(space, { Batch: 10.0, lr: 0.1 })).toBe("Batch=10,lr=0.1");
});

test.each([
  ["x,y", "a%20b=x%2Cy"],
  ["50%", "a%20b=50%25"],
  ["k=v", "a%20b=k%3Dv"],
  ["tab\t", "a%20b=tab%09"],
  ["é", "a%20b=é"],
  ["\u{1f600} \u2028\u0007", "a%20b=\u{1f600}%20%E2%80%A8%07"],
])("%j is encoded where it must be", (choice, key) => {
  expect(configurationKey(space, { "a b": choice })).toBe(key);
});

test("seeds are no part of a key", () => {
  expect(configurationKey(space, { lr: 0.5, seed: 3 })).toBe("lr=0.5");
  expect(configurationKey({}, {})).toBe("");
});

test.each(["momentum", "constructor", "__proto__"])("the unknown parameter %s is refused", (name) => {
  const message = `Expected a parameter of the space (Batch, a b, lr, seed), found "${name}"`;
  const configuration = Object.fromEntries([[name, 1]]);
  expect(() => configurationKey(space, configuration)).toThrow(new MutatorError("UNKNOWN_PARAMETER", message));
});

test("a value of the wrong type is refused by the name of its parameter", () => {
  const error = new MutatorError("BAD_VALUE", 'Parameter "Batch": Expected an integer for type int, found 1.5');
  expect(() => configurationKey(space, { Batch: 1.5 })).toThrow(error);
});

test("different configurations have different keys", () => {
  const text = fc.string({ unit: fc.constantFrom("a", ",", "=", "%", "2", "C", " "), maxLength: 2 });
  const configuration = fc.dictionary(text, text, { maxKeys: 2, noNullPrototype: true });
  const keyOf = (values: Record<string, string>): string => {
    const names = Object.keys(values).map((name) => [name, { type: "categorical", choices: ["a"] }] as const);
    return configurationKey(Object.fromEntries(names), values);
  };
  const law = fc.property(configuration, configuration, (a, b) => {
    expect(keyOf(a) === keyOf(b)).toBe(JSON.stringify(entriesOf(a)) === JSON.stringify(entriesOf(b)));
  });
  fc.assert(law, { seed: 6, numRuns: 2000 });
});

function entriesOf(values: Readonly<Record<string, string>>): readonly (readonly [string, string | undefined])[] {
  return Object.keys(values)
    .sort()
    .map((name) => [name, values[name]]);
}
