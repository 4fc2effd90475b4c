import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { ZodError } from "zod";
import { MutatorError } from "../src/errors.ts";
import { configurationKey, type WrittenConfiguration } from "../src/key.ts";
import type { Mutation } from "../src/mutation.ts";
import { type MutationOptions, mutations } from "../src/mutations.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Space } from "../src/space.ts";
import type { Strategy } from "../src/strategy.ts";
import { takeMutations } from "../src/take-mutations.ts";
import { anyConditionalSpace, anyConstrainedSpace, textOf } from "./fixtures/any-space.ts";
import { enumerate, identity, type Possibility } from "./fixtures/brute-force.ts";
import { misfit, orderedTuples } from "./fixtures/chi-square.ts";

const training: Record<string, Parameter> = {
  learning_rate: { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
  epochs: { type: "int", range: [1, 100], distribution: "log_uniform" },
  dropout: { type: "float", range: [0, 0.5], step: 0.1 },
  weight_decay: { type: "float", range: [1e-6, 1e-2], distribution: "log_uniform", zero_probability: 0.5 },
  optimizer: { type: "categorical", choices: ["adam", "sgd"], weights: [3, 1] },
  nesterov: { type: "bool" },
  seed: { type: "int", range: [0, 9999] },
};

/** Any space, also wide ones, whose first 30 mutations are quick to draw. */
const anySpace: fc.Arbitrary<Record<string, Parameter>> = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d"),
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.nat(20))
      .map(([lo, n]): Parameter => ({ type: "int", range: [lo, lo + n] })),
    fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(2000), fc.integer({ min: 1, max: 90 })).map(
      ([lo, n, step]): Parameter => ({
        type: "int",
        range: [lo, lo + step + n],
        step: Math.min(step, 2 * lo - 1),
        distribution: "log_uniform",
      }),
    ),
    fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 6 }))
      .map(([lo, width, digits]): Parameter => ({ type: "float", range: [lo / 10, (lo + width) / 10], digits })),
    fc.tuple(fc.integer({ min: -9, max: 0 }), fc.double({ min: 0, max: 1, noNaN: true })).map(
      ([e, zero]): Parameter => ({
        type: "float",
        range: [Number(`1e${e}`), 10],
        distribution: "log_uniform",
        zero_probability: zero,
      }),
    ),
    fc.constant<Parameter>({ type: "bool" }),
    fc
      .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
      .map((weights): Parameter => ({ type: "categorical", choices: weights.map((_, index) => `c${index}`), weights })),
  ),
  { minKeys: 1, noNullPrototype: true },
);
const anySeed = fc.oneof(fc.string(), fc.maxSafeInteger());
const runs = { seed: 9, numRuns: 60 };

function keys(space: Space, count: number, options: MutationOptions): string[] {
  return takeMutations(space, count, options).mutations.map(({ key }) => key);
}

function expectOnLattice(parameter: Parameter | undefined, value: unknown): void {
  const [lo, hi] = parameter?.range ?? [0, 0];
  if (typeof value !== "number" || (value === 0 && parameter?.zero_probability !== undefined)) return;
  expect(value).toBeGreaterThanOrEqual(lo);
  expect(value).toBeLessThanOrEqual(hi);
  const isOnStep = parameter?.type !== "int" || (value - lo) % (parameter.step ?? 1) === 0;
  expect(isOnStep).toBe(true);
  const digits = parameter?.digits ?? 6;
  const isDecimal = parameter?.type !== "float" || Number(value.toPrecision(digits)) === value;
  expect(isDecimal).toBe(true);
}

function expectUnsatisfiable(draw: () => unknown): void {
  expect(draw).toThrow(expect.objectContaining({ code: "UNSATISFIABLE" }));
}

describe("laws", () => {
  test("keys are distinct, belong to their configurations, and values lie on their lattices inside the bounds", () => {
    const law = fc.property(anySpace, anySeed, (space, seed) => {
      const drawn = takeMutations(space, 30, { seed }).mutations;
      expect(new Set(drawn.map(({ key }) => key)).size).toBe(drawn.length);
      for (const { configuration, key, probability } of drawn) {
        expect(configurationKey(space, JSON.parse(JSON.stringify(configuration)))).toBe(key);
        expect(probability).toBeGreaterThan(0);
        for (const [name, value] of Object.entries(configuration)) expectOnLattice(space[name], value);
      }
    });
    fc.assert(law, runs);
  });

  test("every configuration of a space with conditions and constraints comes exactly once, with its probability", () => {
    let [constrained, impossible] = [0, 0];
    const law = fc.property(anyConstrainedSpace, anySeed, ({ parameters, comparisons }, seed) => {
      const possible = enumerate(parameters, comparisons);
      const space: Space = { parameters, constraints: comparisons.map(textOf) };
      if (comparisons.length > 0) constrained += 1;
      if (possible.length === 0) {
        impossible += 1;
        expectUnsatisfiable(() => mutations(space, { seed }));
        return;
      }
      const all = [...mutations(space, { seed })];
      const expected = new Map(
        possible.map(({ configuration, probability }) => [identity(configuration), probability]),
      );
      expect(all.map(({ configuration }) => identity(configuration)).sort()).toEqual([...expected.keys()].sort());
      for (const { configuration, probability } of all) {
        expect(probability / (expected.get(identity(configuration)) ?? 0)).toBeCloseTo(1, 9);
      }
    });
    fc.assert(law, { seed: 21, numRuns: 400 });
    expect(constrained).toBeGreaterThan(100);
    expect(impossible).toBeGreaterThan(5);
  });

  test("the probabilities of a whole space add up to 1, also with conditions", () => {
    const law = fc.property(anyConditionalSpace, anySeed, (space, seed) => {
      const total = [...mutations(space, { seed })].reduce((sum, { probability }) => sum + probability, 0);
      expect(total).toBeCloseTo(1, 12);
    });
    fc.assert(law, runs);
  });

  test("the same seed gives the same list, in whatever order the parameters stand", () => {
    const law = fc.property(fc.oneof(anySpace, anyConditionalSpace), anySeed, (space, seed) => {
      const reversed: Space = Object.fromEntries(Object.entries(space).toReversed());
      expect(keys(reversed, 30, { seed: String(seed) })).toEqual(keys(space, 30, { seed }));
    });
    fc.assert(law, runs);
  });

  test("the same holds for constraints, in whatever order and words they stand", () => {
    const some: Parameter = { type: "int", range: [1, 40] };
    const one: Space = { parameters: { a: some, b: some, c: some }, constraints: ["a < b", "b + 1 <= c"] };
    const other: Space = { parameters: { c: some, b: some, a: some }, constraints: [" c>=b+1", "b>a", "a<b"] };
    expect(keys(other, 50, { seed: 1 })).toEqual(keys(one, 50, { seed: 1 }));
  });

  test("a longer run begins with every shorter one", () => {
    const law = fc.property(anyConditionalSpace, anySeed, (space, seed) => {
      const all = [...mutations(space, { seed })].map(({ key }) => key);
      for (const count of [1, 2, 3, 5, 8, 13, 21, all.length, all.length + 1]) {
        expect(keys(space, count, { seed })).toEqual(all.slice(0, count));
      }
    });
    fc.assert(law, runs);
  });

  test("exclusions and predicates only skip", () => {
    const law = fc.property(
      fc.oneof(anySpace, anyConditionalSpace),
      anySeed,
      fc.func(fc.boolean()),
      (space, seed, isKept) => {
        const list = keys(space, 30, { seed });
        const kept = list.filter((key) => isKept(key));
        const exclude = list.filter((key) => !isKept(key));
        expect(keys(space, 30, { seed, exclude }).slice(0, kept.length)).toEqual(kept);
        const predicate: MutationOptions["predicate"] = (configuration) =>
          !exclude.includes(configurationKey(space, configuration));
        expect(keys(space, 30, { seed, predicate }).slice(0, kept.length)).toEqual(kept);
      },
    );
    fc.assert(law, runs);
  });
});

describe("weighted sampling without replacement, by chi-square at 0.1 %", () => {
  function firstOf(space: Space, length: number, seeds: number): string[] {
    return Array.from({ length: seeds }, (_, seed) => keys(space, length, { seed }).join(" | "));
  }
  function weightsOf(space: Space, possibilities: readonly Possibility[]): ReadonlyMap<string, number> {
    return new Map(
      possibilities.map(({ configuration, probability }) => [configurationKey(space, configuration), probability]),
    );
  }

  test("ordered pairs that independent draws give", () => {
    const space: Record<string, Parameter> = {
      a: { type: "categorical", choices: ["x", "y", "z"], weights: [5, 3, 2] },
      b: { type: "int", range: [1, 2], distribution: "log_uniform" },
    };
    const phases = takeMutations(space, 2, { seed: 1 }).mutations.map((mutation) => mutation.explain().phase);
    expect(phases).toEqual(["independent draws", "independent draws"]);
    expect(misfit(firstOf(space, 2, 20_000), orderedTuples(weightsOf(space, enumerate(space)), 2))).toBeLessThan(1);
  });

  test("ordered triples that begin with a heavy atom and end in the race", () => {
    const space: Record<string, Parameter> = {
      a: { type: "int", range: [1, 4], distribution: "log_uniform", zero_probability: 0.97 },
    };
    const third = Array.from(
      { length: 200 },
      (_, seed) => takeMutations(space, 3, { seed }).mutations.at(2)?.explain().phase,
    );
    expect(third.filter((phase) => phase === "race").length).toBeGreaterThan(100);
    // those that do not begin with the atom are too rare to be told apart
    const observed = firstOf(space, 4, 20_000).filter((tuple) => tuple.startsWith("a=0"));
    const weights = weightsOf(space, enumerate(space));
    const share = weights.get("a=0") ?? 0;
    const tuples = [...orderedTuples(weights, 4)].filter(([tuple]) => tuple.startsWith("a=0"));
    const probabilities = new Map(tuples.map(([tuple, probability]) => [tuple, probability / share]));
    expect(Math.abs(observed.length / 20_000 - share)).toBeLessThan(0.005);
    expect(misfit(observed, probabilities)).toBeLessThan(1);
  });

  test("ordered pairs of a space with conditions", () => {
    const space: Record<string, Parameter> = {
      optimizer: { type: "categorical", choices: ["adam", "sgd"], weights: [2, 1] },
      momentum: { type: "categorical", choices: [0.5, 0.9, 0.99], weights: [1, 2, 1], when: { optimizer: "sgd" } },
      nesterov: { type: "bool", when: { momentum: [0.9, 0.99] } },
      decay: { type: "bool", when: { optimizer: ["adam"] } },
    };
    const possible = enumerate(space);
    expect(possible).toHaveLength(7);
    expect(misfit(firstOf(space, 2, 20_000), orderedTuples(weightsOf(space, possible), 2))).toBeLessThan(1);
  });

  test("ordered pairs of a space with constraints follow the law of what is left", () => {
    const parameters: Record<string, Parameter> = {
      a: { type: "int", range: [1, 4], distribution: "log_uniform" },
      b: { type: "int", range: [1, 4] },
    };
    const space: Space = { parameters, constraints: ["a < b", "a + b != 5"] };
    const possible = enumerate(parameters, [
      {
        terms: [
          ["a", 1],
          ["b", -1],
        ],
        operator: "<",
        bound: 0,
      },
      {
        terms: [
          ["a", 1],
          ["b", 1],
        ],
        operator: "!=",
        bound: 5,
      },
    ]);
    expect(possible).toHaveLength(4);
    expect(misfit(firstOf(space, 2, 20_000), orderedTuples(weightsOf(space, possible), 2))).toBeLessThan(1);
  });

  test("ordered triples of a space with constraints so tight that the race finds most of it", () => {
    const parameters: Record<string, Parameter> = {
      a: { type: "int", range: [1, 40], distribution: "log_uniform" },
      b: { type: "int", range: [1, 40], distribution: "log_uniform" },
      c: { type: "categorical", choices: ["x", "y"], weights: [2, 1] },
    };
    const space: Space = { parameters, constraints: ["a == b", "a + b >= 76"] };
    const possible = enumerate(parameters, [
      {
        terms: [
          ["a", 1],
          ["b", -1],
        ],
        operator: "==",
        bound: 0,
      },
      {
        terms: [
          ["a", 1],
          ["b", 1],
        ],
        operator: ">=",
        bound: 76,
      },
    ]);
    expect(possible).toHaveLength(6);
    const phases = Array.from({ length: 50 }, (_, seed) => mutations(space, { seed }).next().value?.explain().phase);
    expect(phases.filter((phase) => phase === "race").length).toBeGreaterThan(40);
    expect(misfit(firstOf(space, 3, 20_000), orderedTuples(weightsOf(space, possible), 3))).toBeLessThan(1);
  });
});

describe("the seed", () => {
  test("42 and the text 42 are one seed", () => {
    expect(keys(training, 10, { seed: "42" })).toEqual(keys(training, 10, { seed: 42 }));
  });

  test("another one gives another list", () => {
    const lists = Array.from({ length: 100 }, (_, seed) => keys(training, 3, { seed }).join(" "));
    expect(new Set(lists).size).toBe(100);
  });

  test("means something else in another space", () => {
    const range = [1, 1_000_000] as const;
    const one = Array.from(
      { length: 200 },
      (_, seed) => mutations({ a: { type: "int", range } }, { seed }).next().value,
    );
    const other = Array.from(
      { length: 200 },
      (_, seed) => mutations({ b: { type: "int", range } }, { seed }).next().value,
    );
    const product = one.reduce((sum, mutation, index) => {
      const [x, y] = [mutation?.configuration["a"], other[index]?.configuration["b"]];
      expect(x).not.toBe(y);
      return sum + (Number(x) / 1e6 - 0.5) * (Number(y) / 1e6 - 0.5);
    }, 0);
    expect(Math.abs(product / 200) * 12).toBeLessThan(0.24); // correlation of 200 pairs, 3.4 sigma
  });

  test("of a training is not drawn", () => {
    expect(keys(training, 1, { seed: 1 }).join()).not.toContain("seed");
    const only = [...mutations({ seed: { type: "int", range: [1, 5] } }, { seed: 1 })];
    expect(only.map(({ configuration }) => configuration)).toEqual([{}]);
  });
});

test("the first draws are distributed as one independent draw", () => {
  const first = Array.from(
    { length: 4000 },
    (_, seed) => takeMutations(training, 1, { seed }).mutations[0]?.configuration,
  );
  const share = (isHit: (values: Record<string, unknown>) => boolean) =>
    first.filter((values) => isHit(values ?? {})).length / 4000;
  expect(Math.abs(share(({ optimizer }) => optimizer === "adam") - 0.75)).toBeLessThan(0.02);
  expect(Math.abs(share(({ weight_decay }) => weight_decay === 0) - 0.5)).toBeLessThan(0.025);
  expect(Math.abs(share(({ learning_rate }) => Number(learning_rate) < 1e-3) - 0.5)).toBeLessThan(0.025);
});

test("a space of nothing has its one empty configuration", () => {
  const [mutation, ...others] = mutations({}, { seed: 1 });
  expect(mutation).toMatchObject({ configuration: {}, key: "", probability: 1 });
  expect(others).toEqual([]);
});

test("one mutation of a space with 1e-300 probabilities has its probability", () => {
  const wide = Array.from({ length: 50 }, (_, index) => [`p${index}`, { type: "int", range: [1, 1_000_000] }] as const);
  const [mutation] = takeMutations(Object.fromEntries(wide), 1, { seed: 1 }).mutations;
  expect((mutation?.probability ?? 0) / 1e-300).toBeCloseTo(1, 9);
});

test("names that objects have anyway are names", () => {
  const bool: Parameter = { type: "bool" };
  const child: Parameter = { ...bool, when: { constructor: [true] } };
  const space: Space = Object.fromEntries([
    ["constructor", bool],
    ["toString", child],
    ["", bool],
  ]);
  expect(keys(space, 9, { seed: 1 }).sort()).toEqual([
    "=false,constructor=false",
    "=false,constructor=true,toString=false",
    "=false,constructor=true,toString=true",
    "=true,constructor=false",
    "=true,constructor=true,toString=false",
    "=true,constructor=true,toString=true",
  ]);
});

describe("exclude", () => {
  const small: Space = {
    n: { type: "int", range: [9, 11] },
    rate: { type: "float", range: [0, 1], step: 0.5 },
    kind: { type: "categorical", choices: ["a", 2, true] },
    seed: { type: "int", range: [0, 9] },
  };
  const whole = keys(small, 27, { seed: 1 });

  test.each<[string, string | WrittenConfiguration]>([
    ["a key", "kind=2,n=10,rate=0.5"],
    ["numbers", { n: 10.0, rate: 0.5, kind: 2 }],
    ["texts", { n: "10", rate: "0.5", kind: "2" }],
    ["other spellings", { n: "1e1", rate: "5e-1", kind: "2" }],
    ["a seed and an absent value beside them", { n: "10.0", rate: "+.50", kind: 2, seed: 3 }],
  ])("takes %s", (_, one) => {
    expect(keys(small, 27, { seed: 1, exclude: [one] })).toEqual(whole.filter((key) => key !== "kind=2,n=10,rate=0.5"));
  });

  test.each<[string, WrittenConfiguration]>([
    ["off the lattice", { n: 10, rate: 0.4, kind: 2 }],
    ["outside the range", { n: 12, rate: 0.5, kind: 2 }],
    ["outside the choices", { n: 10, rate: 0.5, kind: "b" }],
    ["absent", { n: 10, rate: 0.5 }],
    ["null", { n: 10, rate: 0.5, kind: null }],
  ])("excludes nothing by a value %s", (_, one) => {
    expect(keys(small, 27, { seed: 1, exclude: [one] })).toEqual(whole);
  });

  test("skips inactive parameters that a record still has", () => {
    const space: Space = {
      optimizer: { type: "categorical", choices: ["adam", "sgd"] },
      momentum: { type: "int", range: [1, 3], when: { optimizer: "sgd" } },
    };
    const written = { optimizer: "adam", momentum: 2 };
    const left = keys(space, 9, { seed: 1, exclude: [written] });
    expect(left.sort()).toEqual(["momentum=1,optimizer=sgd", "momentum=2,optimizer=sgd", "momentum=3,optimizer=sgd"]);
  });

  test("needs own values: an absent `constructor` is absent", () => {
    const space: Record<string, Parameter> = Object.fromEntries([
      ["constructor", { type: "int", range: [1, 2] }],
      ["on", { type: "bool" }],
    ]);
    expect(keys(space, 9, { seed: 1, exclude: [{ on: true }] })).toHaveLength(4);
  });

  test("of a fixed number is the number, whatever it is written as", () => {
    const space: Space = { kind: { type: "categorical", value: 3 }, on: { type: "bool" } };
    expect(keys(space, 9, { seed: 1, exclude: ["kind=3,on=true", { kind: 3, on: "false" }] })).toEqual([]);
  });

  test("of thousands only skips", () => {
    const all = keys(training, 8000, { seed: 5 });
    const odd = all.filter((_, index) => index % 2 === 1);
    const rest = keys(training, 4000, { seed: 5, exclude: odd });
    expect(rest).toEqual(all.filter((_, index) => index % 2 === 0));
  });

  test("of a first session leaves what one session draws next", () => {
    const all = keys(training, 40, { seed: "x" });
    const first = keys(training, 15, { seed: "x" });
    expect([...first, ...keys(training, 25, { seed: "x", exclude: first })]).toEqual(all);
  });

  test("takes any iterable", () => {
    expect(keys(small, 27, { seed: 1, exclude: new Set(whole.slice(0, 26)) })).toEqual(whole.slice(26));
  });
});

describe("the predicate", () => {
  const epochs: Space = { epochs: { type: "int", range: [1, 5000] } };

  test("may reject fewer than maxAttempts in a row", () => {
    const list = keys(epochs, 5000, { seed: 1 });
    const accepting = (index: number, maxAttempts: number) =>
      mutations(epochs, {
        seed: 1,
        maxAttempts,
        predicate: (values) => configurationKey(epochs, values) === list[index],
      });
    expect(accepting(9, 10).next().value?.key).toBe(list[9]);
    const message = "Expected something the predicate accepts, found 10 rejections in a row";
    expect(() => accepting(10, 10).next()).toThrow(new MutatorError("TOO_MANY_REJECTIONS", message));
  });

  test("is given up after 1000 by default", () => {
    let calls = 0;
    const none = mutations(epochs, { seed: 1, predicate: () => ++calls < 0 });
    expect(() => none.next()).toThrow("Expected something the predicate accepts, found 1000 rejections in a row");
    expect(calls).toBe(1000);
  });

  test("starts the count anew when it accepts; an excluded configuration does not count", () => {
    let calls = 0;
    const predicate = () => ++calls % 3 === 0;
    expect(keys(epochs, 5, { seed: 1, predicate, maxAttempts: 3 })).toHaveLength(5);
    const list = keys(epochs, 5000, { seed: 1 });
    const options = { seed: 1, exclude: list.slice(0, 4999), predicate: () => true, maxAttempts: 1 };
    expect(keys(epochs, 10, options)).toEqual(list.slice(4999));
  });

  test("sees only what satisfies the constraints", () => {
    const space: Space = {
      parameters: { a: { type: "int", range: [1, 50] }, b: { type: "int", range: [1, 50] } },
      constraints: ["a + b == 20"],
    };
    const seen: number[] = [];
    const predicate = ({ a, b }: Readonly<Record<string, unknown>>): boolean => seen.push(Number(a) + Number(b)) > 0;
    expect(keys(space, 99, { seed: 1, predicate })).toHaveLength(19);
    expect(new Set(seen)).toEqual(new Set([20]));
  });

  test("may reject a whole space that ends before the bound", () => {
    const options = { seed: 1, predicate: () => false };
    expect([...mutations({ on: { type: "bool" } }, options)]).toEqual([]);
  });
});

describe("refused before anything is drawn", () => {
  test("a space that is none", () => {
    expect(() => mutations({ a: { type: "int", range: [2, 1] } }, { seed: 1 })).toThrow(ZodError);
  });

  test("a seed that is no integer, a bound that is no count", () => {
    expect(() => mutations(training, { seed: 0.5 })).toThrow("Expected a string or safe integer, found 0.5");
    const error = new MutatorError("BAD_COUNT", "Expected maxAttempts to be a positive integer, found 0");
    expect(() => mutations(training, { seed: 1, maxAttempts: 0 })).toThrow(error);
  });

  test.each<[string | WrittenConfiguration, string, string]>([
    [{ momentum: 1 }, "UNKNOWN_PARAMETER", 'Expected a parameter (on), found "momentum"'],
    ["momentum=1", "UNKNOWN_PARAMETER", 'Expected a parameter (on), found "momentum"'],
    [{ on: 3 }, "BAD_VALUE", 'Expected true or false for parameter "on", found 3'],
    ["on", "BAD_KEY", 'Expected distinct name=value pairs, found "on"'],
  ])("the exclusion %j", (one, code, message) => {
    expect(() => mutations({ on: { type: "bool" } }, { seed: 1, exclude: [one] })).toThrow(
      expect.objectContaining({ code, message }),
    );
  });
});

describe("constraints nobody can satisfy", () => {
  const pair = (most: number, ...constraints: readonly string[]): Space => ({
    parameters: { a: { type: "int", range: [1, most] }, b: { type: "int", range: [1, most] } },
    constraints,
  });

  test.each<[string, Space]>([
    ["one beyond its range", pair(10, "a > 10")],
    ["two that contradict each other", pair(100, "a > b", "b > a")],
    ["one that asks an even number to be odd", pair(100, "2 * a == 2 * b + 1")],
    ["one beyond its range, in a space too large to be counted", pair(1e9, "a + b > 2e9")],
    [
      "one beside another that cannot be counted",
      {
        parameters: { a: { type: "int", range: [1, 1e6] }, b: { type: "int", range: [1, 1e6] }, c: { type: "bool" } },
        constraints: ["2 * a == 2 * b + 1", "c > 1"],
      },
    ],
  ])("are refused at once: %s", (_, space) => {
    expect(() => mutations(space, { seed: 1 })).toThrow(expect.objectContaining({ code: "UNSATISFIABLE" }));
  });

  test("are named", () => {
    const message = 'Expected configurations that satisfy "b > a" and "a > b", found none';
    expect(() => mutations(pair(9, "a > b", "b > a"), { seed: 1 })).toThrow(new MutatorError("UNSATISFIABLE", message));
  });

  test("are not confused with those that hardly anything satisfies", () => {
    const space = pair(1e9, "a + b >= 2e9");
    expect(keys(space, 3, { seed: 1 })).toEqual(["a=1000000000,b=1000000000"]);
    expect(keys(pair(1e9, "a == b", "a <= 3"), 9, { seed: 1 }).sort()).toEqual(["a=1,b=1", "a=2,b=2", "a=3,b=3"]);
  });
});

test("a strategy that repeats itself for ever is stopped", () => {
  const still: Strategy = {
    name: "still",
    *propose({ axes }) {
      while (true) yield { indices: axes.map(() => 0), phase: "" };
    },
  };
  const list = mutations(training, { seed: 1, strategy: still });
  expect(list.next().value?.configuration["epochs"]).toBe(1);
  const message = /^Expected something new from strategy still, found \d+ repeats in a row$/;
  expect(() => list.next()).toThrow(
    expect.objectContaining({ code: "STUCK", message: expect.stringMatching(message) }),
  );
});

test("seed 42 gives this list for ever", () => {
  expectTypeOf(mutations).returns.toEqualTypeOf<Generator<Mutation, void>>();
  expect(keys(training, 8, { seed: 42 })).toMatchInlineSnapshot(`
    [
      "dropout=0.4,epochs=3,learning_rate=0.000216379,nesterov=true,optimizer=sgd,weight_decay=0.00000179466",
      "dropout=0,epochs=6,learning_rate=0.00743858,nesterov=false,optimizer=adam,weight_decay=0.000669413",
      "dropout=0.5,epochs=1,learning_rate=0.00172063,nesterov=true,optimizer=sgd,weight_decay=0",
      "dropout=0.3,epochs=5,learning_rate=0.0000275271,nesterov=true,optimizer=adam,weight_decay=0",
      "dropout=0.2,epochs=7,learning_rate=0.000322051,nesterov=true,optimizer=adam,weight_decay=0.0000300871",
      "dropout=0.5,epochs=7,learning_rate=0.00180753,nesterov=false,optimizer=adam,weight_decay=0",
      "dropout=0.1,epochs=10,learning_rate=0.000844027,nesterov=false,optimizer=adam,weight_decay=0.00422764",
      "dropout=0.5,epochs=59,learning_rate=0.0000223778,nesterov=true,optimizer=adam,weight_decay=0.000647205",
    ]
  `);
});

test("seed 42 gives this race for ever", () => {
  const rare: Space = { n: { type: "int", range: [1, 30], distribution: "log_uniform", zero_probability: 0.99 } };
  expect(keys(rare, 31, { seed: 42 }).join(" ").replaceAll("n=", "")).toMatchInlineSnapshot(
    `"0 2 1 20 7 27 25 24 8 21 5 11 3 4 18 12 13 9 15 10 19 17 14 16 23 26 30 6 28 22 29"`,
  );
});

test("seed 42 gives this list of a constrained space for ever", () => {
  const space: Space = {
    parameters: {
      optimizer: { type: "categorical", choices: ["adam", "sgd"] },
      momentum: { type: "float", range: [0, 0.99], when: { optimizer: "sgd" } },
      epochs: { type: "int", range: [1, 100] },
      warmup: { type: "int", range: [0, 100] },
    },
    constraints: ["warmup < epochs", "momentum + 0.01 * warmup <= 1"],
  };
  expect(keys(space, 6, { seed: 42 })).toMatchInlineSnapshot(`
    [
      "epochs=39,optimizer=adam,warmup=11",
      "epochs=100,momentum=0.859011,optimizer=sgd,warmup=4",
      "epochs=82,optimizer=adam,warmup=67",
      "epochs=84,momentum=0.260776,optimizer=sgd,warmup=64",
      "epochs=34,optimizer=adam,warmup=16",
      "epochs=53,momentum=0.721302,optimizer=sgd,warmup=20",
    ]
  `);
});
