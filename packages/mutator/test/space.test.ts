import { expect, test } from "vitest";
import { ZodError } from "zod";
import { axesOf, Space, spaceSize } from "../src/space.ts";

test("the size is the exact product, seeds left out", () => {
  const space: Space = {
    lr: { type: "float", range: [1e-5, 1e-1], distribution: "log_uniform" },
    epochs: { type: "int", range: [1, 100] },
    optimizer: { type: "categorical", choices: ["adam", "sgd", "none"], weights: [1, 1, 0] },
    nesterov: { type: "bool" },
    seed: { type: "int", range: [0, 9999] },
  };
  expect(spaceSize(space)).toBe(3_600_001n * 100n * 2n * 2n);
});

test("sizes beyond doubles are exact", () => {
  const range = [0, 2 ** 52] as const;
  expect(spaceSize({ a: { type: "int", range }, b: { type: "int", range } })).toBe((2n ** 52n + 1n) ** 2n);
});

test("an empty space has one configuration", () => {
  expect(spaceSize({})).toBe(1n);
  expect(spaceSize({ seed: { type: "int", range: [1, 2] } })).toBe(1n);
});

test("axes stand in the order of their names", () => {
  expect(axesOf({ b: { type: "bool" }, a: { type: "bool" }, B: { type: "bool" } }).map(({ name }) => name)).toEqual([
    "B",
    "a",
    "b",
  ]);
});

test("an invalid space is refused with the path of the fault", () => {
  const space: Space = { lr: { type: "float", range: [1, 0] } };
  expect(() => spaceSize(space)).toThrow(ZodError);
  const { error } = Space.safeParse(space);
  expect(error?.issues).toMatchObject([{ path: ["lr", "range"], message: "expected lower <= upper, found [1, 0]" }]);
});
