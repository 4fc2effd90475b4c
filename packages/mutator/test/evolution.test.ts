import { describe, expect, test } from "vitest";
import { ZodError } from "zod";
import { MutatorError } from "../src/errors.ts";
import { type Evolution, evolution } from "../src/evolution.ts";
import type { Mutation } from "../src/mutation.ts";
import type { Parameter } from "../src/parameter.ts";
import type { Objective, Result } from "../src/pareto.ts";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";
import type { Configuration } from "../src/value.ts";

const objectives: readonly Objective[] = [
  { name: "energy", direction: "minimize" },
  { name: "accuracy", direction: "maximize" },
];
const unit: Parameter = { type: "float", range: [0, 1] };
const cube: Space = { x0: unit, x1: unit, x2: unit, x3: unit };

/** ZDT1 (Zitzler, Deb & Thiele, Evol. Comput. 8(2), 2000), its second objective turned round. */
function zdt1({ x0, ...others }: Configuration): { readonly energy: number; readonly accuracy: number } {
  const rest = Object.values(others).map(Number);
  const g = 1 + (9 * rest.reduce((sum, x) => sum + x, 0)) / rest.length;
  return { energy: Number(x0), accuracy: -g * (1 - Math.sqrt(Number(x0) / g)) };
}

function train(mutations: readonly Mutation[]): readonly Result[] {
  return mutations.map(({ configuration }) => ({ configuration, values: zdt1(configuration) }));
}

/** Asks, trains and tells; all that was asked for. */
function searched(search: Evolution, generations: number, size: number): readonly Mutation[] {
  const asked: Mutation[] = [];
  for (let generation = 0; generation < generations; generation++) {
    const mutations = search.ask(size);
    asked.push(...mutations);
    search.tell(train(mutations));
  }
  return asked;
}

/** The area between results and the worst corner, energy 1.1 and accuracy −10. */
function hypervolume(results: readonly Result[]): number {
  const points = results.map(({ values: { energy, accuracy } }) => [Number(energy), Number(accuracy)] as const);
  let [area, best] = [0, -10];
  for (const [energy, accuracy] of points.toSorted((a, b) => a[0] - b[0])) {
    area += Math.max(0, 1.1 - energy) * Math.max(0, accuracy - best);
    best = Math.max(best, accuracy);
  }
  return area;
}

function keys(mutations: readonly Mutation[]): readonly string[] {
  return mutations.map(({ key }) => key);
}

test("the area of this file is known for two points", () => {
  const at = (energy: number, accuracy: number): Result => ({ configuration: {}, values: { energy, accuracy } });
  expect(hypervolume([at(0.6, -4), at(0.1, -8)])).toBeCloseTo(1 * 2 + 0.5 * 4, 12);
});

test("ten generations of 20 cover more than 200 random configurations, for each of 10 seeds", () => {
  for (let seed = 0; seed < 10; seed++) {
    const search = evolution(cube, { seed, objectives });
    searched(search, 10, 20);
    const plain = hypervolume(train(takeMutations(cube, 200, { seed }).mutations));
    expect(hypervolume(search.front()) - plain).toBeGreaterThan(0.2); // of 11; 0.43 to 1.6 for 100 seeds
  }
});

test("over 20 generations nothing is asked for twice", () => {
  const small: Parameter = { type: "int", range: [0, 9] };
  const asked = searched(evolution({ x0: small, x1: small, x2: small }, { seed: 1, objectives }), 20, 40);
  expect(new Set(keys(asked)).size).toBe(800);
});

test("what was asked for is not asked for again, also before its results are told", () => {
  const search = evolution({ x0: { type: "int", range: [0, 9] } }, { seed: 1, objectives });
  expect(new Set([...keys(search.ask(4)), ...keys(search.ask(4))]).size).toBe(8);
});

test("told configurations are not asked for", () => {
  const search = evolution({ x0: { type: "int", range: [0, 9] } }, { seed: 1, objectives });
  search.tell([3, 4].map((x0) => ({ configuration: { x0 }, values: { energy: x0, accuracy: x0 } })));
  expect(keys(search.ask(10)).toSorted()).toEqual([0, 1, 2, 5, 6, 7, 8, 9].map((x0) => `x0=${x0}`));
});

test("a small space ends: fewer than asked for, then none", () => {
  const search = evolution({ x0: { type: "int", range: [0, 9] } }, { seed: 1, objectives });
  expect([search.ask(6), search.ask(6), search.ask(6)].map(({ length }) => length)).toEqual([6, 4, 0]);
});

test('the same seed and the same calls give the same generations, 7 and "7" are one seed', () => {
  const lists = [7, "7", 8].map((seed) => keys(searched(evolution(cube, { seed, objectives }), 4, 10)));
  expect(lists[1]).toEqual(lists[0]);
  expect(lists[2]).not.toEqual(lists[0]);
});

test("the first generation is drawn at random, later ones are bred", () => {
  const search = evolution(cube, { seed: 1, objectives });
  const phases = (mutations: readonly Mutation[]) => [
    ...new Set(mutations.map((mutation) => mutation.explain().phase)),
  ];
  const first = search.ask(20);
  expect(phases(first)).toEqual(["independent draws"]);
  search.tell(train(first));
  expect(phases(search.ask(20))).toEqual(["child of a non-dominated parent"]);
});

test("front() is what nothing beats, of everything told", () => {
  const search = evolution({ x0: unit }, { seed: 1, objectives });
  expect(search.front()).toEqual([]);
  const result = (x0: number, energy: number, accuracy: number | null): Result => ({
    configuration: { x0 },
    values: { energy, accuracy },
  });
  search.tell([result(0.1, 2, 0.5), result(0.2, 1, null)]);
  search.tell([result(0.3, 1, 0.9), result(0.4, 0.5, 0.1)]);
  expect(search.front().map(({ configuration }) => configuration["x0"])).toEqual([0.3, 0.4]);
});

test("failed trainings do not stop the search", () => {
  const search = evolution(cube, { seed: 1, objectives });
  search.tell(search.ask(5).map(({ configuration }) => ({ configuration, values: { energy: null } })));
  expect(search.ask(5)).toHaveLength(5);
});

describe("refused", () => {
  test.each<[string, Result, MutatorError]>([
    [
      "a value that is no finite number",
      { configuration: { x0: 0.5 }, values: { energy: Number.NaN } },
      new MutatorError("BAD_RESULT", 'Expected a finite number or null for "energy", found NaN'),
    ],
    [
      "a parameter that the space lacks",
      { configuration: { y: 1 }, values: {} },
      new MutatorError("UNKNOWN_PARAMETER", 'Expected a parameter (x0), found "y"'),
    ],
    [
      "a value of another type",
      { configuration: { x0: "much" }, values: {} },
      new MutatorError("BAD_VALUE", 'Expected a finite number for parameter "x0", found "much"'),
    ],
  ])("%s, and nothing of that call is remembered", (_, result, error) => {
    const search = evolution({ x0: unit }, { seed: 1, objectives });
    const fine: Result = { configuration: { x0: 0.25 }, values: { energy: 1, accuracy: 1 } };
    expect(() => search.tell([fine, result])).toThrow(error);
    expect(search.front()).toEqual([]);
    expect(keys(search.ask(3))).toEqual(keys(evolution({ x0: unit }, { seed: 1, objectives }).ask(3)));
  });

  test("a space that is none, a seed that is none, no objective, a count that is none", () => {
    expect(() => evolution({ a: { type: "int", range: [2, 1] } }, { seed: 1, objectives })).toThrow(ZodError);
    expect(() => evolution(cube, { seed: 0.5, objectives })).toThrow("Expected a string or safe integer");
    expect(() => evolution(cube, { seed: 1, objectives: [] })).toThrow("Expected at least 1 objective, found none");
    expect(() => evolution(cube, { seed: 1, objectives }).ask(0)).toThrow(
      "Expected count to be a positive integer, found 0",
    );
  });
});
