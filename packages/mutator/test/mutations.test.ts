import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { ZodError } from "zod";
import { MutatorError } from "../src/errors.ts";
import { configurationKey } from "../src/key.ts";
import { type Mutation, type MutationOptions, mutations } from "../src/mutations.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";

const training: Space = {
  learning_rate: { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
  epochs: { type: "int", range: [1, 100], distribution: "log_uniform" },
  dropout: { type: "float", range: [0, 0.5], step: 0.1 },
  weight_decay: { type: "float", range: [1e-6, 1e-2], distribution: "log_uniform", zero_probability: 0.5 },
  optimizer: { type: "categorical", choices: ["adam", "sgd"], weights: [3, 1] },
  nesterov: { type: "bool" },
  seed: { type: "int", range: [0, 9999] },
};

/** Any small space whose first 30 mutations are quick to draw. */
const anySpace: fc.Arbitrary<Space> = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d"),
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.nat(20))
      .map(([lo, n]): Parameter => ({ type: "int", range: [lo, lo + n] })),
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

function expectInside(parameter: Parameter | undefined, value: unknown): void {
  const [lo, hi] = parameter?.range ?? [0, 0];
  if (typeof value !== "number" || (value === 0 && parameter?.zero_probability !== undefined)) return;
  expect(value).toBeGreaterThanOrEqual(lo);
  expect(value).toBeLessThanOrEqual(hi);
}

describe("laws", () => {
  test("keys are distinct, belong to their configurations, and values lie inside the bounds", () => {
    const law = fc.property(anySpace, anySeed, (space, seed) => {
      const drawn = takeMutations(space, 30, { seed }).mutations;
      expect(new Set(drawn.map(({ key }) => key)).size).toBe(drawn.length);
      for (const { configuration, key, probability } of drawn) {
        expect(configurationKey(space, JSON.parse(JSON.stringify(configuration)))).toBe(key);
        expect(probability).toBeGreaterThan(0);
        for (const [name, value] of Object.entries(configuration)) expectInside(space[name], value);
      }
    });
    fc.assert(law, runs);
  });

  test("the same seed gives the same list, in whatever order the parameters stand", () => {
    const law = fc.property(anySpace, anySeed, (space, seed) => {
      const reversed: Space = Object.fromEntries(Object.entries(space).toReversed());
      expect(takeMutations(reversed, 30, { seed })).toEqual(takeMutations(space, 30, { seed: String(seed) }));
    });
    fc.assert(law, runs);
  });

  test("exclusions and predicates only skip", () => {
    const law = fc.property(anySpace, anySeed, fc.func(fc.boolean()), (space, seed, isKept) => {
      const list = keys(space, 30, { seed });
      const kept = list.filter((key) => isKept(key));
      const exclude = list.filter((key) => !isKept(key));
      expect(keys(space, 30, { seed, exclude }).slice(0, kept.length)).toEqual(kept);
      const predicate: MutationOptions["predicate"] = (configuration) =>
        !exclude.includes(configurationKey(space, configuration));
      expect(keys(space, 30, { seed, predicate }).slice(0, kept.length)).toEqual(kept);
    });
    fc.assert(law, runs);
  });

  test("a list drawn in two sessions, the first one excluded, is the list drawn at once", () => {
    const all = keys(training, 40, { seed: "x" });
    const first = keys(training, 15, { seed: "x" });
    expect([...first, ...keys(training, 25, { seed: "x", exclude: first })]).toEqual(all);
  });

  test("the probabilities of a whole space add up to 1", () => {
    const law = fc.property(anySeed, (seed) => {
      const space: Space = {
        a: { type: "int", range: [1, 9], distribution: "log_uniform" },
        b: { type: "float", range: [0.1, 2], digits: 1, distribution: "log_uniform", zero_probability: 0.3 },
        c: { type: "categorical", choices: ["x", "y", "z"], weights: [1, 0, 1e-9] },
      };
      const total = [...mutations(space, { seed })].reduce((sum, { probability }) => sum + probability, 0);
      expect(total).toBeCloseTo(1, 12);
    });
    fc.assert(law, { ...runs, numRuns: 5 });
  });
});

test("another seed gives another list", () => {
  const lists = Array.from({ length: 100 }, (_, seed) => keys(training, 3, { seed }).join(" "));
  expect(new Set(lists).size).toBe(100);
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

test("seeds of the space are not drawn", () => {
  expect(keys(training, 1, { seed: 1 }).join()).not.toContain("seed");
  expect([...mutations({ seed: { type: "int", range: [1, 5] } }, { seed: 1 })]).toEqual([]);
  expect([...mutations({}, { seed: 1 })]).toEqual([]);
});

test("one mutation of a space with 1e-300 probabilities has its probability", () => {
  const wide = Array.from({ length: 50 }, (_, index) => [`p${index}`, { type: "int", range: [1, 1_000_000] }] as const);
  const [mutation] = takeMutations(Object.fromEntries(wide), 1, { seed: 1 }).mutations;
  expect((mutation?.probability ?? 0) / 1e-300).toBeCloseTo(1, 9);
});

describe("the predicate", () => {
  const epochs: Space = { epochs: { type: "int", range: [1, 5000] } };

  test("may reject maxAttempts in a row, not one more", () => {
    const list = keys(epochs, 5000, { seed: 1 });
    const accepting = (index: number, maxAttempts: number) =>
      mutations(epochs, {
        seed: 1,
        maxAttempts,
        predicate: (values) => configurationKey(epochs, values) === list[index],
      });
    expect(accepting(10, 10).next().value?.key).toBe(list[10]);
    const message = "Expected the predicate to accept 1 of 10 configurations, found 11 rejected in a row";
    expect(() => accepting(11, 10).next()).toThrow(new MutatorError("TOO_MANY_REJECTIONS", message));
  });

  test("is given up after 1000 by default", () => {
    const none = mutations(epochs, { seed: 1, predicate: () => false });
    expect(() => none.next()).toThrow("Expected the predicate to accept 1 of 1000 configurations");
  });

  test("an acceptance starts the count anew, an excluded configuration does not count", () => {
    let calls = 0;
    const predicate = () => ++calls % 3 === 0;
    expect(keys(epochs, 5, { seed: 1, predicate, maxAttempts: 2 })).toHaveLength(5);
    const list = keys(epochs, 5000, { seed: 1 });
    const options = { seed: 1, exclude: list.slice(0, 4999), predicate: () => true, maxAttempts: 1 };
    expect(keys(epochs, 10, options)).toEqual(list.slice(4999));
  });

  test("a small space ends before the bound", () => {
    const options = { seed: 1, predicate: () => false };
    expect([...mutations({ on: { type: "bool" } }, options)]).toEqual([]);
  });
});

describe("refused before anything is drawn", () => {
  test("a space that is none", () => {
    expect(() => mutations({ a: { type: "int", range: [2, 1] } }, { seed: 1 })).toThrow(ZodError);
  });

  test("a seed that is no integer, a bound that is no count", () => {
    expect(() => mutations(training, { seed: 0.5 })).toThrow(
      "Expected the seed to be a string or a safe integer, found 0.5",
    );
    const error = new MutatorError("BAD_COUNT", "Expected maxAttempts to be a positive integer, found 0");
    expect(() => mutations(training, { seed: 1, maxAttempts: 0 })).toThrow(error);
  });
});

test("seed 42 gives this list for ever", () => {
  expectTypeOf(mutations).returns.toEqualTypeOf<Generator<Mutation, void>>();
  expect(keys(training, 8, { seed: 42 })).toMatchInlineSnapshot(`
    [
      "dropout=0.3,epochs=2,learning_rate=0.00901392,nesterov=false,optimizer=adam,weight_decay=0.000114365",
      "dropout=0.4,epochs=21,learning_rate=0.000017865,nesterov=false,optimizer=adam,weight_decay=0.00157262",
      "dropout=0.1,epochs=3,learning_rate=0.0000275368,nesterov=true,optimizer=adam,weight_decay=0",
      "dropout=0,epochs=49,learning_rate=0.0628342,nesterov=false,optimizer=sgd,weight_decay=0.00000135286",
      "dropout=0.4,epochs=22,learning_rate=0.00167105,nesterov=true,optimizer=adam,weight_decay=0.00000112074",
      "dropout=0,epochs=1,learning_rate=0.0180256,nesterov=true,optimizer=sgd,weight_decay=0.00000450311",
      "dropout=0,epochs=9,learning_rate=0.000211845,nesterov=false,optimizer=adam,weight_decay=0.000411577",
      "dropout=0.1,epochs=12,learning_rate=0.000690014,nesterov=true,optimizer=adam,weight_decay=0.000144687",
    ]
  `);
});

test("a mutation looks like this", () => {
  expect(takeMutations(training, 1, { seed: 42 }).mutations[0]).toMatchInlineSnapshot(`
    {
      "configuration": {
        "dropout": 0.3,
        "epochs": 2,
        "learning_rate": 0.00901392,
        "nesterov": false,
        "optimizer": "adam",
        "weight_decay": 0.000114365,
      },
      "key": "dropout=0.3,epochs=2,learning_rate=0.00901392,nesterov=false,optimizer=adam,weight_decay=0.000114365",
      "probability": 3.442055786797298e-16,
    }
  `);
});
