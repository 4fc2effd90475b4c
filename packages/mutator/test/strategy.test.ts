import { describe, expect, test } from "vitest";
import {
  INACTIVE,
  MutatorError,
  mutations,
  type Parameter,
  type Proposal,
  random,
  type Space,
  type Strategy,
  type StrategyContext,
  spaceSize,
  takeMutations,
} from "../src/index.ts";

const unit: Parameter = { type: "float", range: [0, 1] };

/** Latin hypercube: each of 10 equal shares of every parameter once. */
const latinHypercube: Strategy = {
  name: "latin-hypercube",
  *propose({ axes, random: uniform }) {
    const cells = axes.map(() => Array.from({ length: 10 }, (_, cell) => ({ cell, order: uniform() })));
    for (const column of cells) column.sort((a, b) => a.order - b.order);
    for (let row = 0; row < 10; row++) {
      const shares = cells.map((column) => ((column[row]?.cell ?? 0) + uniform()) / 10);
      yield { indices: axes.map(({ lattice }, axis) => lattice.draw(shares[axis] ?? 0)), phase: "latin hypercube" };
    }
  },
};

/** The ends of all parameters first, then what `random` would draw. */
const cornersFirst: Strategy = {
  name: "corners-first",
  *propose(context) {
    const { axes } = context;
    for (let corner = 0; corner < 2 ** axes.length; corner++) {
      yield {
        indices: axes.map(({ lattice }, axis) => ((corner >> axis) & 1 ? lattice.size - 1 : 0)),
        phase: "corner",
      };
    }
    yield* random.propose(context);
  },
};

/** Proposes these configurations in this order. */
function listed(configurations: Iterable<Parameters<StrategyContext["pointOf"]>[0]>): Strategy {
  return {
    name: "listed",
    *propose({ pointOf }) {
      for (const configuration of configurations) yield { indices: pointOf(configuration), phase: "listed" };
    },
  };
}

function keys(space: Space, count: number, strategy: Strategy, seed: string | number = 1): readonly string[] {
  return takeMutations(space, count, { seed, strategy }).mutations.map(({ key }) => key);
}

describe("a plugged-in strategy", () => {
  test("a Latin hypercube in ten lines has each tenth of every parameter once, and then ends", () => {
    const space: Space = { a: unit, b: unit, c: { type: "float", range: [1e-5, 1], distribution: "log_uniform" } };
    const taken = takeMutations(space, 20, { seed: 1, strategy: latinHypercube });
    expect(taken.mutations).toHaveLength(10);
    expect(taken.warning).toContain(
      "Could only generate 10 unique mutations: the space has no more for strategy latin-hypercube",
    );
    const tenths = ["a", "b"].map((name) =>
      taken.mutations.map(({ configuration }) => Math.round(Number(configuration[name]) * 10 - 0.5) + 0),
    );
    for (const column of tenths) expect(column.toSorted((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const decades = taken.mutations.map(
      ({ configuration: { c } }) => Math.round((Math.log10(Number(c)) + 5) * 2 - 0.5) + 0,
    );
    expect(decades.toSorted((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("may go on with a strategy of this package, and hands out the whole space once", () => {
    const space: Space = { a: { type: "int", range: [1, 6] }, b: { type: "categorical", choices: ["x", "y", "z"] } };
    const drawn = keys(space, 100, cornersFirst);
    expect(drawn.slice(0, 4)).toEqual(["a=1,b=x", "a=6,b=x", "a=1,b=z", "a=6,b=z"]);
    expect(new Set(drawn).size).toBe(18);
    expect(BigInt(drawn.length)).toBe(spaceSize(space));
  });

  test("belongs to the seed and to the space", () => {
    const space: Space = { a: unit, b: unit };
    expect(keys(space, 10, latinHypercube, "7")).toEqual(keys(space, 10, latinHypercube, 7));
    expect(keys(space, 10, latinHypercube, 8)).not.toEqual(keys(space, 10, latinHypercube, 7));
    expect(keys({ b: unit, a: unit }, 10, latinHypercube, 7)).toEqual(keys(space, 10, latinHypercube, 7));
  });

  test("is named by explain()", () => {
    const phases = takeMutations({ a: { type: "int", range: [1, 3] } }, 3, {
      seed: 1,
      strategy: cornersFirst,
    }).mutations.map((mutation) => mutation.explain().phase);
    expect(phases).toEqual(["corner", "corner", "independent draws"]);
  });
});

describe("the uniqueness layer drops", () => {
  const space: Space = { a: { type: "int", range: [0, 9] }, b: { type: "int", range: [0, 9] } };

  test("repeats, also from a buffer that is used again", () => {
    const strategy: Strategy = {
      name: "buffered",
      *propose() {
        const indices = [0, 0];
        const proposal: Proposal = { indices, phase: "buffered" };
        for (const first of [3, 3, 4, 3, 5]) {
          indices[0] = first;
          yield proposal;
        }
      },
    };
    expect(keys(space, 9, strategy)).toEqual(["a=3,b=0", "a=4,b=0", "a=5,b=0"]);
  });

  test("what breaks a constraint", () => {
    const constrained: Space = {
      parameters: { a: { type: "int", range: [0, 9] }, b: { type: "int", range: [0, 9] } },
      constraints: ["a < b"],
    };
    const strategy = listed([
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 5, b: 5 },
      { a: 0, b: 9 },
    ]);
    expect(keys(constrained, 9, strategy)).toEqual(["a=1,b=2", "a=0,b=9"]);
  });

  test("what is excluded and what a predicate rejects", () => {
    const strategy = listed([
      { a: 1, b: 1 },
      { a: 2, b: 2 },
      { a: 3, b: 3 },
    ]);
    const options = {
      seed: 1,
      strategy,
      exclude: ["a=1,b=1"],
      predicate: ({ a }: { readonly a?: unknown }) => a !== 2,
    };
    expect([...mutations(space, options)].map(({ key }) => key)).toEqual(["a=3,b=3"]);
  });

  test("a strategy that repeats itself for ever, which ends in an error", () => {
    const strategy = listed(
      (function* forever() {
        for (;;) yield { a: 1, b: 1 };
      })(),
    );
    const list = mutations(space, { seed: 1, strategy });
    expect(list.next().value).toMatchObject({ key: "a=1,b=1" });
    const error = new MutatorError(
      "STUCK",
      "Expected something new from strategy listed, found 1000002 repeats in a row",
    );
    expect(() => list.next()).toThrow(error);
  });

  test("a strategy that proposes nothing feasible for ever, which ends in an error", () => {
    const constrained: Space = {
      parameters: { a: { type: "int", range: [0, 9] }, b: { type: "int", range: [0, 9] } },
      constraints: ["a < b"],
    };
    const strategy = listed(
      (function* forever() {
        for (;;) yield { a: 1, b: 1 };
      })(),
    );
    expect(() => keys(constrained, 1, strategy)).toThrow("Expected something new from strategy listed");
  });
});

describe("taken()", () => {
  test("counts the distinct configurations so far, excluded ones too, and tells a repeat from something new", () => {
    const counts: number[] = [];
    const strategy: Strategy = {
      name: "counting",
      *propose({ pointOf, taken }) {
        for (const a of [1, 2, 2, 3]) {
          yield { indices: pointOf({ a }), phase: "counting" };
          counts.push(taken());
        }
      },
    };
    takeMutations({ a: { type: "int", range: [1, 5] } }, 9, { seed: 1, strategy, exclude: ["a=2"] });
    expect(counts).toEqual([1, 2, 2, 3]);
  });
});

describe("pointOf()", () => {
  const space: Space = {
    lr: { type: "float", range: [0.001, 0.1], distribution: "log_uniform", digits: 2 },
    dropout: { type: "float", range: [0, 0.5], step: 0.1 },
    optimizer: { type: "categorical", choices: ["adam", "sgd"] },
    momentum: { type: "int", range: [0, 9], when: { optimizer: "sgd" } },
    seed: { type: "int", range: [0, 9] },
  };

  test("moves numbers to the nearest value of the space", () => {
    const configurations = [
      { lr: 0.01234, dropout: 0.27, optimizer: "adam" },
      { lr: 0.0999, dropout: 0.5, optimizer: "adam" },
    ];
    expect(keys(space, 9, listed(configurations))).toEqual([
      "dropout=0.3,lr=0.012,optimizer=adam",
      "dropout=0.5,lr=0.1,optimizer=adam",
    ]);
  });

  test("reads texts, passes over seeds, nulls and what takes no part", () => {
    const written = { lr: "1e-2", dropout: "0.1", optimizer: "adam", momentum: 3, seed: 99 };
    expect(keys(space, 9, listed([written, { ...written, momentum: null, seed: null }]))).toEqual([
      "dropout=0.1,lr=0.01,optimizer=adam",
    ]);
  });

  test("gives one index per axis, parents before children", () => {
    const strategy: Strategy = {
      name: "looking",
      *propose({ axes, pointOf }) {
        const indices = pointOf({ lr: 0.001, dropout: 0.1, optimizer: "adam" });
        expect(axes.map(({ name }) => name)).toEqual(["dropout", "lr", "optimizer", "momentum"]);
        expect(Array.from(indices)).toEqual([1, 0, 0, INACTIVE]);
        yield { indices, phase: "" };
      },
    };
    expect(keys(space, 1, strategy)).toHaveLength(1);
  });

  test.each<[string, Parameters<StrategyContext["pointOf"]>[0], MutatorError]>([
    [
      "a number outside the range",
      { lr: 0.2, dropout: 0, optimizer: "adam" },
      new MutatorError("BAD_VALUE", 'Expected a value from 0.001 to 0.1 for parameter "lr", found 0.2'),
    ],
    [
      "a choice that is none",
      { lr: 0.01, dropout: 0, optimizer: "lion" },
      new MutatorError("BAD_VALUE", 'Expected a value from "adam" to "sgd" for parameter "optimizer", found "lion"'),
    ],
    [
      "a value that is missing",
      { lr: 0.01, optimizer: "adam" },
      new MutatorError("BAD_VALUE", 'Expected a value from 0 to 0.5 for parameter "dropout", found nothing'),
    ],
    [
      "a value that its condition asks for",
      { lr: 0.01, dropout: 0, optimizer: "sgd" },
      new MutatorError("BAD_VALUE", 'Expected a value from 0 to 9 for parameter "momentum", found nothing'),
    ],
    [
      "a value of another type",
      { lr: true, dropout: 0, optimizer: "adam" },
      new MutatorError("BAD_VALUE", 'Expected a finite number for parameter "lr", found true'),
    ],
    [
      "a parameter that the space lacks",
      { depth: 3 },
      new MutatorError(
        "UNKNOWN_PARAMETER",
        'Expected a parameter (dropout, lr, momentum, optimizer, seed), found "depth"',
      ),
    ],
  ])("refuses %s", (_, configuration, error) => {
    expect(() => keys(space, 1, listed([configuration]))).toThrow(error);
  });
});

test("race() is every configuration of the space, those that were taken included", () => {
  const strategy: Strategy = {
    name: "raced",
    *propose({ race, taken }) {
      for (const proposal of race()) yield proposal;
      const before = taken();
      let again = 0;
      for (const proposal of race()) {
        again += 1;
        yield proposal;
      }
      expect([before, again, taken()]).toEqual([8, 8, 8]);
    },
  };
  expect(keys({ a: { type: "int", range: [1, 4] }, b: { type: "bool" } }, 99, strategy)).toHaveLength(8);
});

test("an error of a strategy reaches the caller as it is", () => {
  const error = new Error("mine");
  const strategy: Strategy = {
    name: "broken",
    propose: () => {
      throw error;
    },
  };
  expect(() => keys({ a: unit }, 1, strategy)).toThrow(error);
});
