import { describe, expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";
import type { Space } from "../src/space.ts";
import type { Strategy } from "../src/strategy.ts";
import { takeMutations } from "../src/take-mutations.ts";

const hundred: Space = { epochs: { type: "int", range: [1, 100], distribution: "log_uniform" } };

function warningOf(reason: string, requested: number, generated: number): string {
  return [
    `Warning: Could only generate ${generated} unique mutations${reason}`,
    `   Requested: ${requested}, Generated: ${generated}`,
    "   Consider widening hyperparameter ranges or reducing --runs",
  ].join("\n");
}

test.each(["1", "2", "a", 42, ""])("a space of 100 gives exactly 100 with seed %j", (seed) => {
  const { mutations, exhausted, warning } = takeMutations(hundred, 150, { seed });
  expect(exhausted).toBe(true);
  expect(warning).toBe(warningOf(": the space has no more", 150, 100));
  const values = mutations.map(({ configuration }) => Number(configuration["epochs"])).sort((a, b) => a - b);
  expect(values).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test("a space that is just large enough is not called exhausted", () => {
  expect(takeMutations(hundred, 100, { seed: 1 })).toMatchObject({ exhausted: false, warning: undefined });
  const beyond = takeMutations(hundred, 101, { seed: 1 });
  expect(beyond).toMatchObject({ exhausted: true, warning: warningOf(": the space has no more", 101, 100) });
});

test("a space of nothing has one configuration and no second", () => {
  const { mutations, exhausted } = takeMutations({}, 3, { seed: 1 });
  expect(mutations.map(({ key }) => key)).toEqual([""]);
  expect(exhausted).toBe(true);
});

describe("a predicate", () => {
  test("that rejects too many in a row ends the list, keeps what it accepted, and is named", () => {
    const wide: Space = { n: { type: "int", range: [1, 1_000_000] } };
    let calls = 0;
    const { mutations, exhausted, warning } = takeMutations(wide, 10, { seed: 1, predicate: () => ++calls <= 4 });
    expect(mutations).toHaveLength(4);
    expect(calls).toBe(1004);
    expect(exhausted).toBe(false);
    expect(warning).toBe(warningOf(" after 1000 attempts", 10, 4));
    const few = takeMutations(wide, 10, { seed: 1, predicate: () => false, maxAttempts: 7 });
    expect(few.warning).toBe(warningOf(" after 7 attempts", 10, 0));
  });

  test("that leaves less of a small space than was asked for exhausts it", () => {
    const predicate = ({ epochs }: Readonly<Record<string, unknown>>): boolean => Number(epochs) <= 10;
    const { mutations, exhausted, warning } = takeMutations(hundred, 50, { seed: 1, predicate });
    expect(mutations).toHaveLength(10);
    expect(exhausted).toBe(true);
    expect(warning).toBe(warningOf(": the space has no more", 50, 10));
  });

  test("that throws is not taken for one that rejects", () => {
    const predicate = () => {
      throw new Error("no");
    };
    expect(() => takeMutations(hundred, 5, { seed: 1, predicate })).toThrow(
      expect.objectContaining({ code: "BAD_PREDICATE" }),
    );
  });
});

test("another strategy is named when it has no more", () => {
  const first: Strategy = {
    name: "first",
    *propose({ axes }) {
      yield { indices: axes.map(() => 0), phase: "first" };
    },
  };
  const { mutations, warning } = takeMutations(hundred, 2, { seed: 1, strategy: first });
  expect(mutations.map(({ key }) => key)).toEqual(["epochs=1"]);
  expect(warning).toBe(warningOf(": the space has no more for strategy first", 2, 1));
});

describe("the count", () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("%d is refused", (count) => {
    const error = new MutatorError("BAD_COUNT", `Expected count to be a positive integer, found ${count}`);
    expect(() => takeMutations(hundred, count, { seed: 1 })).toThrow(error);
  });

  test("1e9 gives all of a small space", () => {
    const { mutations, exhausted, warning } = takeMutations(hundred, 1e9, { seed: 1 });
    expect(mutations).toHaveLength(100);
    expect(exhausted).toBe(true);
    expect(warning).toContain("Requested: 1000000000, Generated: 100");
  });

  test.each<[string, Space]>([
    ["a space that has as many", { a: { type: "float", range: [0, 1] }, b: { type: "float", range: [0, 1] } }],
    [
      "a space that cannot be counted",
      {
        parameters: { a: { type: "int", range: [1, 1e6] }, b: { type: "int", range: [1, 1e6] } },
        constraints: ["a < b"],
      },
    ],
  ])("1e9 is refused for %s: no list is that long", (_, space) => {
    const error = new MutatorError("BAD_COUNT", "Expected count at most 10000000, found 1000000000");
    expect(() => takeMutations(space, 1e9, { seed: 1 })).toThrow(error);
  });
});
