import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import { nonDominated, type Objective, type Result } from "../src/pareto.ts";

const energyAndAccuracy: readonly Objective[] = [
  { name: "energy", direction: "minimize" },
  { name: "accuracy", direction: "maximize" },
];

function result(id: number, energy: number | null | undefined, accuracy: number | null | undefined): Result {
  return { configuration: { id }, values: { energy, accuracy } };
}

function ids(results: readonly Result[]): readonly unknown[] {
  return results.map(({ configuration }) => configuration["id"]);
}

describe("laws, for one to three objectives", () => {
  const anyValue = fc.option(fc.integer({ min: -3, max: 3 }), { freq: 8 });
  const anyCase = fc
    .array(fc.constantFrom("minimize" as const, "maximize" as const), { minLength: 1, maxLength: 3 })
    .chain((directions) =>
      fc.record({
        objectives: fc.constant(directions.map((direction, index): Objective => ({ name: `o${index}`, direction }))),
        results: fc.array(fc.array(anyValue, { minLength: directions.length, maxLength: directions.length })),
      }),
    )
    .map(({ objectives, results }) => ({
      objectives,
      results: results.map((values, id): Result => {
        return {
          configuration: { id },
          values: Object.fromEntries(values.map((value, index) => [`o${index}`, value])),
        };
      }),
    }));

  /** How much worse a is than b in each objective. */
  const losses = (a: Result, b: Result, objectives: readonly Objective[]): readonly number[] =>
    objectives.map(({ name, direction }) => {
      return (Number(a.values[name]) - Number(b.values[name])) * (direction === "minimize" ? 1 : -1);
    });

  test("they are, in their order, those that no complete result beats", () => {
    const law = fc.property(anyCase, ({ objectives, results }) => {
      const complete = results.filter(({ values }) => objectives.every(({ name }) => typeof values[name] === "number"));
      const expected = complete.filter(
        (one) =>
          !complete.some((other) => {
            const loss = losses(one, other, objectives);
            return Math.min(...loss) >= 0 && Math.max(...loss) > 0;
          }),
      );
      expect(nonDominated(results, objectives)).toEqual(expected);
    });
    fc.assert(law, { seed: 21, numRuns: 500 });
  });

  test("whoever is left out is beaten by one who stays", () => {
    const law = fc.property(anyCase, ({ objectives, results }) => {
      const front = nonDominated(results, objectives);
      const complete = results.filter(({ values }) => objectives.every(({ name }) => typeof values[name] === "number"));
      for (const one of complete.filter((candidate) => !front.includes(candidate))) {
        expect(front.some((other) => Math.min(...losses(one, other, objectives)) >= 0)).toBe(true);
      }
    });
    fc.assert(law, { seed: 22, numRuns: 200 });
  });
});

test("less energy and more accuracy", () => {
  const results = [result(0, 10, 0.9), result(1, 5, 0.8), result(2, 11, 0.9), result(3, 5, 0.7), result(4, 20, 0.99)];
  expect(ids(nonDominated(results, energyAndAccuracy))).toEqual([0, 1, 4]);
});

test("equals do not beat each other", () => {
  expect(ids(nonDominated([result(0, 1, 1), result(1, 1, 1)], energyAndAccuracy))).toEqual([0, 1]);
});

test("a result without every value neither is one nor beats one", () => {
  const results = [
    result(0, 1, null),
    result(1, undefined, 1),
    result(2, 9, 0.1),
    { configuration: { id: 3 }, values: {} },
  ];
  expect(ids(nonDominated(results, energyAndAccuracy))).toEqual([2]);
});

test("names of what every object has are no values", () => {
  const objectives: readonly Objective[] = [{ name: "constructor", direction: "minimize" }];
  expect(nonDominated([{ configuration: {}, values: {} }], objectives)).toEqual([]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d is refused", (value) => {
  const error = new MutatorError("BAD_RESULT", `Expected a finite number or null for "accuracy", found ${value}`);
  expect(() => nonDominated([result(0, null, value)], energyAndAccuracy)).toThrow(error);
});

test("values that are no objective are not looked at", () => {
  const results: readonly Result[] = [{ configuration: {}, values: { energy: 1, accuracy: 1, loss: Number.NaN } }];
  expect(nonDominated(results, energyAndAccuracy)).toEqual(results);
});

test("no objective is refused", () => {
  expect(() => nonDominated([], [])).toThrow(
    new MutatorError("BAD_RESULT", "Expected at least 1 objective, found none"),
  );
});
