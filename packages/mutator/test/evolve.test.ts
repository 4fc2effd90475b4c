import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import { evolve } from "../src/evolve.ts";
import { configurationKey } from "../src/key.ts";
import { type MutationOptions, mutations } from "../src/mutations.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Objective, Result } from "../src/pareto.ts";
import { random } from "../src/random.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";
import type { Configuration } from "../src/value.ts";
import { allConfigurations, anySmallSpace, sortedKeys, takesPart } from "./fixtures/small-space.ts";

const objectives: readonly Objective[] = [
  { name: "energy", direction: "minimize" },
  { name: "accuracy", direction: "maximize" },
];
const CHILD = "child of a non-dominated parent";

const training: Record<string, Parameter> = {
  epochs: { type: "int", range: [1, 1000] },
  lr: { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
  optimizer: { type: "categorical", choices: ["adam", "sgd", "rmsprop"] },
  nesterov: { type: "bool" },
};
const parent: Configuration = { epochs: 500, lr: 1e-3, nesterov: false, optimizer: "adam" };

function generation(space: Space, count: number, results: readonly Result[], options: Partial<MutationOptions> = {}) {
  return takeMutations(space, count, { seed: 1, strategy: evolve({ objectives, results }), ...options }).mutations;
}

function good(configuration: Configuration): Result {
  return { configuration, values: { energy: 1, accuracy: 1 } };
}

function bad(configuration: Configuration): Result {
  return { configuration, values: { energy: 2, accuracy: 0.5 } };
}

/** The names in which two configurations differ. */
function differences(a: Configuration, b: Configuration): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
}

describe("laws", () => {
  test("children stay in the space, differ from their parent, and everything is handed out once in the end", () => {
    const law = fc.property(anySmallSpace, fc.string(), fc.nat(), (small, seed, pick) => {
      const all = allConfigurations(small);
      const chosen = all[pick % all.length] ?? {};
      const strategy = evolve({ objectives, results: [good(chosen)] });
      const drawn = takeMutations(small.space, 10_000, { seed, strategy }).mutations;
      expect(drawn.map(({ key }) => key).toSorted()).toEqual(sortedKeys(small, all));
      for (const mutation of drawn.filter((one) => one.explain().phase === CHILD)) {
        expect(all.length === 1 || differences(mutation.configuration, chosen).length > 0).toBe(true);
        for (const name of Object.keys(mutation.configuration)) {
          expect(takesPart(small.space.parameters[name] ?? { type: "int" }, mutation.configuration)).toBe(true);
        }
      }
    });
    fc.assert(law, { seed: 31, numRuns: 100 });
  });

  test("a longer generation begins with the shorter one", () => {
    const law = fc.property(anySmallSpace, fc.string(), fc.integer({ min: 1, max: 20 }), (small, seed, count) => {
      const strategy = evolve({ objectives, results: [good(allConfigurations(small)[0] ?? {})] });
      const list = (length: number) =>
        takeMutations(small.space, length, { seed, strategy }).mutations.map(({ key }) => key);
      expect(list(count)).toEqual(list(40).slice(0, count));
    });
    fc.assert(law, { seed: 32, numRuns: 50 });
  });
});

describe("parents", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const wide = Object.fromEntries(names.map((name): [string, Parameter] => [name, { type: "float", range: [0, 1] }]));
  const [low, high] = [0.25, 0.75].map((value) => Object.fromEntries(names.map((name) => [name, value])));

  /** How many of the mutations have more values of `low` than of `high`. */
  const childrenOfLow = (list: readonly { readonly configuration: Configuration }[]): number => {
    const isLow = (child: Configuration) =>
      differences(child, low ?? {}).length < differences(child, high ?? {}).length;
    return list.filter(({ configuration }) => isLow(configuration)).length;
  };

  test("are results that no other one beats", () => {
    expect(childrenOfLow(generation(wide, 60, [bad(high ?? {}), good(low ?? {})]))).toBe(60);
  });

  test("are all of them, about equally often", () => {
    const results: readonly Result[] = [
      { configuration: low ?? {}, values: { energy: 1, accuracy: 0.5 } },
      { configuration: high ?? {}, values: { energy: 9, accuracy: 0.9 } },
    ];
    expect(Math.abs(childrenOfLow(generation(wide, 200, results)) - 100)).toBeLessThan(29); // 4 standard errors
  });

  test("are moved to the nearest value of the space", () => {
    const space: Space = { a: { type: "int", range: [0, 100], step: 10 }, b: { type: "bool" } };
    const keys = (a: number) => generation(space, 22, [good({ a, b: true })]).map(({ key }) => key);
    expect(generation(space, 1, [good({ a: 52, b: true })])[0]?.explain().phase).toBe(CHILD);
    expect(keys(52)).toEqual(keys(50));
    expect(keys(52)).not.toEqual(keys(90));
  });

  test.each<[string, Result]>([
    ["a failed training", { configuration: parent, values: { energy: null, accuracy: null } }],
    ["a training without one of the objectives", { configuration: parent, values: { energy: 0 } }],
    ["a number outside the range", good({ ...parent, epochs: 1001 })],
    ["a choice that is none", good({ ...parent, optimizer: "lion" })],
    ["a value that is missing", good({ lr: 1e-3, nesterov: false, optimizer: "adam" })],
    ["a value of another type", good({ ...parent, epochs: "many" })],
  ])("are not: %s", (_, result) => {
    const phases = generation(training, 5, [result]).map((mutation) => mutation.explain().phase);
    expect(phases).not.toContain(CHILD);
    expect(generation(training, 5, [result]).map(({ key }) => key)).toEqual(
      takeMutations(training, 5, { seed: 1, strategy: random }).mutations.map(({ key }) => key),
    );
  });

  test("may be written as texts, with seeds and nulls", () => {
    const space: Space = { ...training, seed: { type: "int", range: [0, 9] } };
    const written = { epochs: "500", lr: "1e-3", nesterov: "false", optimizer: "adam", seed: 4 };
    const keys = (configuration: Configuration) => generation(space, 10, [good(configuration)]).map(({ key }) => key);
    expect(keys(written)).toEqual(keys(parent));
  });
});

describe("children", () => {
  const children = generation(training, 1000, [good(parent)]).map(({ configuration }) => configuration);

  test("change a quarter of four values each, and at least one", () => {
    const counts = children.map((child) => differences(child, parent).length);
    expect(Math.min(...counts)).toBe(1);
    expect(Math.max(...counts)).toBeGreaterThan(1);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeLessThan(2.5);
  });

  test("mostly move numbers by small steps, on the scale of their distribution, both ways", () => {
    const ints = children.map(({ epochs }) => Number(epochs) - 500).filter((step) => step !== 0);
    const logs = children.map(({ lr }) => Math.log10(Number(lr)) + 3).filter((step) => Math.abs(step) > 1e-12);
    for (const steps of [ints.map((step) => step / 1000), logs.map((step) => step / 4)]) {
      expect(steps.length).toBeGreaterThan(200);
      const share = (longest: number) => steps.filter((step) => Math.abs(step) < longest).length / steps.length;
      expect(Math.abs(share(0.11) - 0.5)).toBeLessThan(0.1); // 1 - 0.89^6 of the law
      expect(share(0.25)).toBeGreaterThan(0.75); // 0.82 of the law
      const rising = steps.filter((step) => step > 0).length / steps.length;
      expect(Math.abs(rising - 0.5)).toBeLessThan(0.1);
    }
  });

  test("have every other choice", () => {
    expect(new Set(children.map(({ optimizer }) => optimizer))).toEqual(new Set(["adam", "sgd", "rmsprop"]));
    expect(new Set(children.map(({ nesterov }) => nesterov))).toEqual(new Set([true, false]));
  });

  test("of a parent at the end of a range stay inside", () => {
    const space: Space = { a: { type: "float", range: [0, 1], digits: 3 } };
    const drawn = generation(space, 50, [good({ a: 1 })]).map(({ configuration }) => Number(configuration["a"]));
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  test("have new parameters where a change lets them take part, and lose them where it does not", () => {
    const space: Space = {
      optimizer: { type: "categorical", choices: ["adam", "sgd"] },
      momentum: { type: "float", range: [0, 1], when: { optimizer: "sgd" } },
      beta: { type: "float", range: [0, 1], when: { optimizer: "adam" } },
    };
    const drawn = generation(space, 50, [good({ optimizer: "adam", beta: 0.5 })]).map(
      ({ configuration }) => configuration,
    );
    expect(drawn.some(({ optimizer }) => optimizer === "sgd")).toBe(true);
    for (const { optimizer, momentum, beta } of drawn) {
      expect([momentum === undefined, beta === undefined]).toEqual([optimizer === "adam", optimizer === "sgd"]);
    }
    const drawnAnew = drawn.flatMap(({ momentum }) =>
      momentum === undefined ? [] : [Math.floor(Number(momentum) * 4)],
    );
    expect(new Set(drawnAnew)).toEqual(new Set([0, 1, 2, 3]));
  });

  test("satisfy the constraints", () => {
    const number: Parameter = { type: "int", range: [1, 100] };
    const space: Space = { parameters: { a: number, b: number }, constraints: ["a < b"] };
    const drawn = generation(space, 100, [good({ a: 49, b: 50 })]);
    expect(drawn).toHaveLength(100);
    expect(drawn.every(({ configuration: { a = 0, b = 0 } }) => a < b)).toBe(true);
  });

  test("of a parent that breaks a constraint are looked for as well", () => {
    const number: Parameter = { type: "int", range: [1, 100] };
    const space: Space = { parameters: { a: number, b: number }, constraints: ["a < b"] };
    const drawn = generation(space, 20, [good({ a: 50, b: 50 })]);
    expect(drawn.every(({ configuration: { a = 0, b = 0 } }) => a < b)).toBe(true);
    expect(drawn[0]?.explain().phase).toBe(CHILD);
  });

  test("never repeat what is excluded", () => {
    const first = generation(training, 200, [good(parent)]).map(({ key }) => key);
    const next = generation(training, 200, [good(parent)], { exclude: first }).map(({ key }) => key);
    expect(new Set([...first, ...next]).size).toBe(400);
  });
});

test("without results configurations are drawn as by random", () => {
  const drawn = generation(training, 20, []).map(({ key }) => key);
  expect(drawn).toEqual(takeMutations(training, 20, { seed: 1 }).mutations.map(({ key }) => key));
});

test("when children only repeat what was there, the rest of the space follows, and then the end", () => {
  const space: Space = { a: { type: "int", range: [1, 3] }, b: { type: "bool" } };
  const results = [good({ a: 1, b: true })];
  const taken = takeMutations(space, 7, {
    seed: 1,
    strategy: evolve({ objectives, results }),
    exclude: ["a=1,b=true"],
  });
  expect(taken.mutations).toHaveLength(5);
  expect(taken.exhausted).toBe(true);
  expect(taken.warning).toContain("Could only generate 5 unique mutations: the space has no more for strategy evolve");
});

test("a space of one configuration ends, with its parent as without", () => {
  const space: Space = { a: { type: "int", value: 3 } };
  expect(generation(space, 5, [good({ a: 3 })]).map(({ key }) => key)).toEqual(["a=3"]);
});

describe("refused", () => {
  test("a value that is no finite number", () => {
    const error = new MutatorError("BAD_RESULT", 'Expected a finite number or null for "energy", found NaN');
    const results = [{ configuration: parent, values: { energy: Number.NaN, accuracy: 1 } }];
    expect(() => evolve({ objectives, results })).toThrow(error);
  });

  test("no objective", () => {
    expect(() => evolve({ objectives: [], results: [] })).toThrow("Expected at least 1 objective, found none");
  });

  test("a parent with a parameter that the space lacks", () => {
    const strategy = evolve({ objectives, results: [good({ ...parent, layers: 2 })] });
    const message = 'Expected a parameter (epochs, lr, nesterov, optimizer), found "layers"';
    expect(() => mutations(training, { seed: 1, strategy }).next()).toThrow(
      new MutatorError("UNKNOWN_PARAMETER", message),
    );
  });
});

test("another seed breeds other children, the same seed the same", () => {
  const lists = Array.from({ length: 20 }, (_, seed) => {
    return generation(training, 5, [good(parent)], { seed })
      .map(({ configuration }) => configurationKey(training, configuration))
      .join(" ");
  });
  expect(new Set(lists).size).toBe(20);
  expect(
    generation(training, 5, [good(parent)], { seed: "3" })
      .map(({ key }) => key)
      .join(" "),
  ).toBe(lists[3]);
});
