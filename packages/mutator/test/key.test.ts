import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import { canonicalConfiguration, configurationKey, parseKey, type WrittenConfiguration } from "../src/key.ts";
import { mutations } from "../src/mutations.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";
import type { Configuration } from "../src/value.ts";
import { anyConstrainedSpace, textOf } from "./fixtures/any-space.ts";

const space: Space = {
  lr: { type: "float", range: [0, 1] },
  Batch: { type: "int", range: [1, 100] },
  "a b": { type: "categorical", choices: ["x,y", "50%", "k=v", "tab\t", "é"] },
  seed: { type: "int", range: [0, 9] },
};
const conditional: Space = {
  optimizer: { type: "categorical", choices: ["adam", "sgd"] },
  momentum: { type: "int", range: [1, 3], when: { optimizer: "sgd" } },
  nesterov: { type: "bool", when: { momentum: [2, 3] } },
};

test("pairs stand in the order of code units, whatever the order of the object", () => {
  expect(configurationKey(space, { lr: 0.1, Batch: 10 })).toBe("Batch=10,lr=0.1");
  expect(configurationKey(space, { Batch: 10.0, lr: 0.1 })).toBe("Batch=10,lr=0.1");
});

test.each([10, 10.0, "10", "10.0", "1e1", "+10"])("%o of an int is 10", (Batch) => {
  expect(configurationKey(space, { Batch })).toBe("Batch=10");
});

test.each<[WrittenConfiguration, string]>([
  [{ lr: 1e-5 }, "lr=0.00001"],
  [{ lr: "1e-05" }, "lr=0.00001"],
  [{ lr: 1.23456e-7 }, "lr=1.23456e-7"],
  [{ lr: -0 }, "lr=0"],
  [{ lr: "-0.0" }, "lr=0"],
])("%o keeps its precision", (configuration, key) => {
  expect(configurationKey(space, configuration)).toBe(key);
});

test.each([
  ["x,y", "a%20b=x%2Cy"],
  ["50%", "a%20b=50%25"],
  ["k=v", "a%20b=k%3Dv"],
  ["tab\t", "a%20b=tab%09"],
  ["é", "a%20b=é"],
  ["", "a%20b="],
  ["\u{1f600} \u2028\u0007", "a%20b=\u{1f600}%20%E2%80%A8%07"],
])("%j is encoded where it must be, and read back", (choice, key) => {
  expect(configurationKey(space, { "a b": choice })).toBe(key);
  expect(parseKey(space, key)).toEqual({ "a b": choice });
});

describe("left out are", () => {
  test("seeds", () => {
    expect(configurationKey(space, { lr: 0.5, seed: 3 })).toBe("lr=0.5");
    expect(configurationKey({}, {})).toBe("");
    expect(parseKey(space, "lr=0.5,seed=3")).toEqual({ lr: 0.5 });
  });

  test("absent values", () => {
    expect(configurationKey(space, { lr: null, Batch: undefined, "a b": "é" })).toBe("a%20b=é");
  });

  test("values whose conditions do not hold, at any level", () => {
    const given = { momentum: 2, nesterov: true };
    expect(configurationKey(conditional, { optimizer: "sgd", ...given })).toBe(
      "momentum=2,nesterov=true,optimizer=sgd",
    );
    expect(configurationKey(conditional, { optimizer: "sgd", ...given, momentum: "1.0" })).toBe(
      "momentum=1,optimizer=sgd",
    );
    expect(configurationKey(conditional, { optimizer: "adam", ...given })).toBe("optimizer=adam");
    expect(configurationKey(conditional, given)).toBe("");
  });
});

test("conditions that meet in a ladder of 60 steps are looked at once each", () => {
  const bool: Parameter = { type: "bool" };
  const parameters: [string, Parameter][] = [
    ["a0", bool],
    ["b0", bool],
  ];
  for (let step = 1; step < 60; step++) {
    const when = { [`a${step - 1}`]: true, [`b${step - 1}`]: true };
    parameters.push([`a${step}`, { ...bool, when }], [`b${step}`, { ...bool, when }]);
  }
  const configuration = Object.fromEntries(parameters.map(([name]) => [name, true]));
  expect(configurationKey(Object.fromEntries(parameters), configuration).split(",")).toHaveLength(120);
});

describe("refused", () => {
  test.each(["momentum", "constructor", "__proto__"])("the unknown parameter %s", (name) => {
    const message = `Expected a parameter (Batch, a b, lr, seed), found "${name}"`;
    const configuration = Object.fromEntries([[name, 1]]);
    const error = new MutatorError("UNKNOWN_PARAMETER", message);
    expect(() => configurationKey(space, configuration)).toThrow(error);
    expect(() => parseKey(space, `${name}=1`)).toThrow(error);
  });

  test("a value of the wrong type, by the name of its parameter", () => {
    const error = new MutatorError("BAD_VALUE", 'Expected an integer for parameter "Batch", found 1.5');
    expect(() => configurationKey(space, { Batch: 1.5 })).toThrow(error);
  });

  test.each(["lr", "lr=1,", ",", "lr=1=2", "lr=1,lr=1", "lr=%", "%E9=1", "lr=0.5,,Batch=1", "l%72=0.5,lr=0.5"])(
    "%j as a key",
    (key) => {
      const message = `Expected distinct name=value pairs, found ${JSON.stringify(key)}`;
      expect(() => parseKey(space, key)).toThrow(new MutatorError("BAD_KEY", message));
    },
  );
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

describe("round trips", () => {
  const hostile = fc.oneof(
    fc.string({
      unit: fc.constantFrom("a", ",", "=", "%", '"', "\n", "\r", "\t", ";", "'", " ", "2", "C", "\\", "`"),
      maxLength: 5,
    }),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.constantFrom(
      "",
      " ",
      " lead",
      "trail ",
      "constructor",
      "toString",
      "10",
      "true",
      "null",
      "\uFEFF",
      "é",
      "e\u0301",
      "=1+1",
    ),
  );
  const aNumber = fc.double({ noNaN: true, noDefaultInfinity: true });
  const aChoice = fc.oneof({ weight: 2, arbitrary: hostile }, aNumber, fc.boolean());
  const aParameter = fc.oneof(
    fc
      .uniqueArray(aChoice, { minLength: 1, maxLength: 4, selector: String })
      .map((choices): Parameter => ({ type: "categorical", choices })),
    aChoice.map((value): Parameter => ({ type: "categorical", value })),
    fc.tuple(fc.integer({ min: -9, max: 2 }), fc.integer({ min: 1, max: 9 })).map(
      ([exponent, digits]): Parameter => ({
        type: "float",
        range: [Number(`1e${exponent}`), 1e3],
        digits,
        distribution: "log_uniform",
      }),
    ),
    fc
      .maxSafeInteger()
      .map((lo): Parameter => ({ type: "int", range: [Math.min(lo, 0), Math.max(lo, 0)] }))
      .filter(isRanged),
    fc.constant<Parameter>({ type: "bool" }),
  );
  const aSpace = fc.dictionary(hostile, aParameter, { maxKeys: 4, noNullPrototype: true });

  function isRanged({ range = [0, 0] }: Parameter): boolean {
    return range[1] - range[0] < 2 ** 53 - 2;
  }

  function check(
    subject: Space,
    { configuration, key }: { readonly configuration: Configuration; readonly key: string },
  ): void {
    expect(parseKey(subject, key)).toEqual(configuration);
    expect(configurationKey(subject, configuration)).toBe(key);
    const throughJson: { readonly configuration: Configuration; readonly key: string } = JSON.parse(
      JSON.stringify({ configuration, key }),
    );
    expect(parseKey(subject, throughJson.key)).toEqual(configuration);
    expect(canonicalConfiguration(subject, throughJson.configuration)).toEqual(configuration);
    expect(throughJson.configuration).toEqual(configuration);

    const names = Object.keys(configuration);
    const table = stringify([
      ["key", ...names],
      [key, ...names.map((name) => String(configuration[name]))],
    ]);
    const [, [keyCell = "", ...cells] = []]: string[][] = parse(table);
    expect(keyCell).toBe(key);
    expect(parseKey(subject, keyCell)).toEqual(configuration);
    const row = Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    expect(configurationKey(subject, row)).toBe(key);
    expect(canonicalConfiguration(subject, row)).toEqual(configuration);
  }

  test("of every mutation of spaces with hostile names and choices, through JSON and CSV", () => {
    const law = fc.property(aSpace, fc.string(), (subject, seed) => {
      for (const mutation of takeMutations(subject, 5, { seed }).mutations) check(subject, mutation);
    });
    fc.assert(law, { seed: 41, numRuns: 500 });
  });

  test("of every mutation of spaces with conditions and constraints", () => {
    const law = fc.property(anyConstrainedSpace, ({ parameters, comparisons }) => {
      const subject: Space = { parameters, constraints: comparisons.map(textOf) };
      try {
        let left = 20;
        for (const mutation of mutations(subject, { seed: 1 })) {
          check(subject, mutation);
          if (--left === 0) break;
        }
      } catch (error) {
        if (!(error instanceof MutatorError && error.code === "UNSATISFIABLE")) throw error;
      }
    });
    fc.assert(law, { seed: 42, numRuns: 100 });
  });
});

test("a key is a text, what it spells is a configuration", () => {
  expectTypeOf(configurationKey).returns.toEqualTypeOf<string>();
  expectTypeOf(parseKey).returns.toEqualTypeOf<Configuration>();
});
