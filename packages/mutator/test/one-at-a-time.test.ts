import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mutations } from "../src/mutations.ts";
import { oneAtATime } from "../src/one-at-a-time.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";
import { anySmallSpace, defaultsBut, sortedKeys, takesPart } from "./fixtures/small-space.ts";

function keys(space: Space, count = 10_000, seed: string | number = 1): readonly string[] {
  return takeMutations(space, count, { seed, strategy: oneAtATime }).mutations.map(({ key }) => key);
}

const training: Record<string, Parameter> = {
  epochs: { type: "int", range: [1, 100], default: 10 },
  lr: { type: "float", range: [1e-5, 0.1], distribution: "log_uniform", default: 0.5 },
  optimizer: { type: "categorical", choices: ["adam", "sgd"], default: "adam" },
  nesterov: { type: "bool", default: false },
};

describe("laws", () => {
  test("the baseline with exactly one value changed, in all ways, each once", () => {
    const law = fc.property(anySmallSpace, fc.string(), (small, seed) => {
      const baseline = defaultsBut(small, {});
      const expected = small.listed.flatMap(({ name, parameter, values }) => {
        if (!takesPart(parameter, baseline)) return [];
        return values.filter((value) => value !== baseline[name]).map((value) => defaultsBut(small, { [name]: value }));
      });
      expect(keys(small.space, 10_000, seed).toSorted()).toEqual(sortedKeys(small, expected.filter(small.isAllowed)));
    });
    fc.assert(law, { seed: 5, numRuns: 500 });
  });

  test("parameters take turns: until one has no more values, each has one change in every round", () => {
    const anyRange = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    const law = fc.property(anyRange, fc.string(), (sizes, seed) => {
      const entries = sizes.map((size, index) => [`p${index}`, { type: "int", range: [0, size], default: 0 }] as const);
      const drawn = takeMutations(Object.fromEntries(entries), 10_000, { seed, strategy: oneAtATime }).mutations;
      expect(drawn).toHaveLength(sizes.reduce((sum, size) => sum + size, 0));
      const changed = drawn.map(({ configuration }) => {
        return Object.keys(configuration)
          .filter((name) => configuration[name] !== 0)
          .join();
      });
      for (let round = 0, start = 0; start < drawn.length; round++) {
        const names = entries.map(([name]) => name).filter((_, index) => (sizes[index] ?? 0) > round);
        expect(changed.slice(start, start + names.length).toSorted()).toEqual(names);
        start += names.length;
      }
    });
    fc.assert(law, { seed: 6, numRuns: 100 });
  });

  test("a longer list begins with the shorter one", () => {
    const law = fc.property(anySmallSpace, fc.string(), fc.integer({ min: 1, max: 20 }), (small, seed, count) => {
      expect(keys(small.space, count, seed)).toEqual(keys(small.space, 10_000, seed).slice(0, count));
    });
    fc.assert(law, { seed: 7, numRuns: 100 });
  });
});

test("a default outside the range stands in every other configuration as it is", () => {
  const drawn = takeMutations(training, 40, { seed: 1, strategy: oneAtATime }).mutations;
  const others = drawn.filter(
    ({ configuration }) => configuration["epochs"] !== 10 || configuration["optimizer"] === "sgd",
  );
  expect(others.length).toBeGreaterThan(10);
  for (const { configuration, key } of others) {
    expect(configuration["lr"]).toBe(0.5);
    expect(key).toContain("lr=0.5,");
  }
});

test("a default with more digits than drawn values keeps them", () => {
  const space: Space = {
    on: { type: "bool", default: true },
    lr: { type: "float", range: [0, 1], default: 0.123456789 },
  };
  expect(keys(space, 1).concat(keys(space, 2))).toContain("lr=0.123456789,on=false");
});

test("a default in another spelling is the value it means", () => {
  const space: Space = {
    optimizer: { type: "categorical", choices: ["8", "16"], default: 8 },
    on: { type: "bool", default: true },
  };
  expect(keys(space).toSorted()).toEqual(["on=false,optimizer=8", "on=true,optimizer=16"]);
});

test.each([{}, { default: null }])("a parameter with %j for a default is left out until it is changed", (standard) => {
  const space: Space = { layers: { type: "int", range: [1, 3], ...standard }, on: { type: "bool", default: false } };
  expect(keys(space).toSorted()).toEqual(["layers=1,on=false", "layers=2,on=false", "layers=3,on=false", "on=true"]);
});

test("a change that lets another parameter take part puts that one at its default", () => {
  const space: Space = {
    optimizer: { type: "categorical", choices: ["adam", "sgd"], default: "adam" },
    beta: { type: "float", range: [0.8, 0.9], step: 0.1, default: 0.9, when: { optimizer: "adam" } },
    momentum: { type: "float", range: [0, 0.9], default: 0.5, when: { optimizer: "sgd" } },
  };
  expect(keys(space).toSorted()).toEqual(["beta=0.8,optimizer=adam", "momentum=0.5,optimizer=sgd"]);
});

test("a child of a parameter whose default lies outside takes part when that default is named", () => {
  const space: Space = {
    lr: { type: "int", range: [1, 2], default: 5 },
    warm: { type: "bool", default: false, when: { lr: 5 } },
  };
  expect(keys(space).toSorted()).toEqual(["lr=1", "lr=2", "lr=5,warm=true"]);
});

test("a fixed parameter stands in every configuration and has no turn", () => {
  const space: Space = { a: { type: "int", range: [1, 9], value: 4, default: 2 }, b: { type: "bool", default: false } };
  expect(keys(space)).toEqual(["a=4,b=true"]);
});

test("changes that break a constraint are left out", () => {
  const small: Parameter = { type: "int", range: [1, 4], default: 2 };
  const space: Space = { parameters: { warmup: small, epochs: small }, constraints: ["warmup <= epochs"] };
  expect(keys(space).toSorted()).toEqual(["epochs=2,warmup=1", "epochs=3,warmup=2", "epochs=4,warmup=2"]);
});

test("of a baseline that breaks a constraint only the changes that mend it are left", () => {
  const parameters: Record<string, Parameter> = {
    warmup: { type: "int", range: [1, 6], default: 5 },
    epochs: { type: "int", range: [1, 6], default: 4, when: { mode: "long" } },
    mode: { type: "categorical", choices: ["long", "short"], default: "long" },
    lr: { type: "float", range: [1e-9, 1], distribution: "log_uniform", digits: 9, default: 0.1 }, // too many to try
  };
  const mended = [
    "epochs=5,lr=0.1,mode=long,warmup=5",
    "epochs=6,lr=0.1,mode=long,warmup=5",
    "lr=0.1,mode=short,warmup=5",
  ];
  const others = [1, 2, 3, 4].map((warmup) => `epochs=4,lr=0.1,mode=long,warmup=${warmup}`);
  expect(keys({ parameters, constraints: ["warmup <= epochs"] }).toSorted()).toEqual([...others, ...mended].toSorted());
});

test("neither the baseline nor the seed is ever a change", () => {
  const space: Space = { ...training, seed: { type: "int", range: [0, 9], default: 1 } };
  const drawn = keys(space, 500);
  expect(drawn).not.toContain("epochs=10,lr=0.5,nesterov=false,optimizer=adam");
  expect(drawn.join()).not.toContain("seed");
});

test("an excluded change is skipped, the turns of the others stay", () => {
  const all = keys(training, 50);
  const exclude = [all[0] ?? "", all[7] ?? ""];
  const { mutations: left } = takeMutations(training, 48, { seed: 1, strategy: oneAtATime, exclude });
  expect(left.map(({ key }) => key)).toEqual(all.filter((key) => !exclude.includes(key)));
});

test("another seed gives other values", () => {
  const lists = Array.from({ length: 20 }, (_, seed) => keys(training, 8, seed).join(" "));
  expect(new Set(lists).size).toBe(20);
});

test("new values are drawn from the distribution of the parameter", () => {
  const space: Space = { lr: { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform", default: null } };
  const drawn = takeMutations(space, 1000, { seed: 1, strategy: oneAtATime }).mutations;
  const small = drawn.filter(({ configuration }) => Number(configuration["lr"]) < 1e-3);
  expect(Math.abs(small.length / 1000 - 0.5)).toBeLessThan(0.06); // 4 standard errors
});

test("parameters of one kind are drawn independently of each other", () => {
  const number: Parameter = { type: "int", range: [1, 100], default: 0 };
  const drawn = takeMutations({ a: number, b: number }, 200, { seed: 1, strategy: oneAtATime }).mutations;
  const [first, second] = ["a", "b"].map((name) =>
    drawn.map(({ configuration }) => configuration[name]).filter((value) => value !== 0),
  );
  expect(second).toHaveLength(100);
  expect(second).not.toEqual(first);
});

test("when every parameter is used up the list ends and says why", () => {
  const taken = takeMutations({ on: { type: "bool", default: true } }, 3, { seed: 1, strategy: oneAtATime });
  expect(taken.mutations.map(({ key }) => key)).toEqual(["on=false"]);
  expect(taken.exhausted).toBe(true);
  expect(taken.warning).toContain(
    "Could only generate 1 unique mutations: the space has no more for strategy one-at-a-time",
  );
});

test("explain() tells the value that was kept from the one that was drawn", () => {
  const [first] = mutations(
    { lr: { type: "float", range: [0, 0.1], default: 0.5 }, n: { type: "bool", default: true } },
    {
      seed: 1,
      strategy: oneAtATime,
      predicate: ({ n }) => n === false,
    },
  );
  expect(first?.explain()).toEqual({
    key: "lr=0.5,n=false",
    probability: 0,
    phase: "one at a time",
    parameters: {
      lr: { value: 0.5, distribution: "default", latticeSize: 1_000_001, index: undefined, probability: 0 },
      n: { value: false, distribution: "uniform", latticeSize: 2, index: 0, probability: 0.5 },
    },
  });
});
