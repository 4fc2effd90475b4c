import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { internalValue, optunaDistribution } from "../src/optuna-distribution.ts";

const FLOAT = { type: "float", range: [0.001, 1], distribution: "log_uniform" };

describe("the distribution of a parameter", () => {
  it.each([
    [
      { type: "int", range: [1, 9] },
      [3],
      { name: "IntDistribution", attributes: { log: false, step: 1, low: 1, high: 9 } },
    ],
    [FLOAT, [0.5], { name: "FloatDistribution", attributes: { step: null, low: 0.001, high: 1, log: true } }],
    [FLOAT, [0, 2], { name: "FloatDistribution", attributes: { step: null, low: 0, high: 2, log: false } }],
    [FLOAT, [0.5, null], { name: "CategoricalDistribution", attributes: { choices: [0.5, null] } }],
    [
      { type: "categorical", choices: ["a", "b"] },
      ["b", "c"],
      { name: "CategoricalDistribution", attributes: { choices: ["a", "b", "c"] } },
    ],
    [undefined, [true, false, true], { name: "CategoricalDistribution", attributes: { choices: [true, false] } }],
  ])("planned as %j with %j", (planned, values, distribution) => {
    expect(optunaDistribution(planned, values)).toEqual(distribution);
  });

  it("contains every value", () => {
    const range = fc.tuple(fc.integer(), fc.integer()).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    const value = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.boolean(),
    );
    const values = fc.array(fc.option(value), { minLength: 1 });
    fc.assert(
      fc.property(range, fc.constantFrom("int", "float"), values, (bounds, type, all) => {
        const distribution = optunaDistribution({ type, range: bounds }, all);
        const [low, high] =
          distribution.name === "CategoricalDistribution"
            ? [0, distribution.attributes.choices.length - 1]
            : [distribution.attributes.low, distribution.attributes.high];
        for (const each of all) {
          const internal = internalValue(distribution, each);
          expect(internal).toBeGreaterThanOrEqual(low);
          expect(internal).toBeLessThanOrEqual(high);
        }
      }),
    );
  });
});
