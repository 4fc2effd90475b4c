import { expect, test } from "vitest";
import { isSeed } from "../src/is-seed.ts";
import type { Parameter } from "../src/parameter.ts";

const parameter: Parameter = { type: "int", range: [0, 9999], default: 1 };

test("a seed has the role or the name", () => {
  expect(isSeed("seed", parameter)).toBe(true);
  expect(isSeed("init", { type: "int", role: "seed" })).toBe(true);
  expect(isSeed("seeds", parameter)).toBe(false);
  expect(isSeed("Seed", parameter)).toBe(false);
});
