import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { STRATEGIES } from "../src/choices.ts";
import { extendRows } from "../src/extend-plan.ts";
import { makePlan } from "../src/make-plan.ts";
import type { Settings } from "../src/settings.ts";
import { experiment, settings } from "./examples.ts";

const planOf = (runs: number, fields: Partial<Settings> = {}, seed = "7") =>
  makePlan({
    experiments: [
      experiment({ runs }),
      experiment({ model: "cnn", mode: "default", mutate: [], runs: Math.ceil(runs / 2) }),
    ],
    settings: settings(fields),
    seed,
    toolVersion: "1",
    session: "s",
  });

describe("a longer plan", () => {
  it.each(STRATEGIES)("of strategy %s has the standing rows first and draws what a long one draws", (strategy) => {
    const objectives = [{ name: "accuracy", direction: "maximize" }] as const;
    const [short, long] = [planOf(3, { strategy, objectives }), planOf(6, { strategy, objectives })];
    const { rows } = extendRows(short.rows, long);
    expect(rows.slice(0, short.rows.length)).toEqual(short.rows);
    expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index));
    const drawn = (all: typeof rows): readonly string[] =>
      all.map(({ experiment: of, key, repetition }) => `${of} ${key} ${repetition}`).toSorted();
    expect(drawn(rows)).toEqual(drawn(long.rows));
  });

  it("is a superset for any seed, order, number of runs and of repetitions", () => {
    const law = fc.property(
      fc.record({
        seed: fc.string(),
        order: fc.constantFrom("block", "config"),
        repetitions: fc.integer({ min: 1, max: 3 }),
      }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 6 }),
      ({ seed, ...fields }, runs, more) => {
        const [short, long] = [planOf(runs, fields, seed), planOf(runs + more, fields, seed)];
        const { rows } = extendRows(short.rows, long);
        expect(rows.slice(0, short.rows.length)).toEqual(short.rows);
        expect(rows).toHaveLength(long.rows.length);
        expect(new Set(rows.map(({ experimentId }) => experimentId)).size).toBe(rows.length);
      },
    );
    fc.assert(law, { seed: 42, numRuns: 50 });
  });
});

test("a shorter one is refused", () => {
  expect(() => extendRows(planOf(5).rows, planOf(3))).toThrow(
    "--runs: expected at least as many as planned: 5 rows would lack 3 of the 8 that stand",
  );
});

test("one that draws something else is refused", () => {
  expect(() => extendRows(planOf(3).rows, planOf(5, {}, "another seed"))).toThrow(/^--runs: .* would lack/);
});
