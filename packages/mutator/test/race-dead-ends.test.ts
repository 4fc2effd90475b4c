import { describe, expect, test } from "vitest";
import type { Space } from "../src/space.ts";
import { takeMutations } from "../src/take-mutations.ts";

describe("constraints nobody can satisfy", () => {
  const pair = (most: number, ...constraints: readonly string[]): Space => ({
    parameters: { a: { type: "int", range: [1, most] }, b: { type: "int", range: [1, most] } },
    constraints,
  });

  test.each<[string, Space]>([
    ["contradicting each other over 10^5 values", pair(1e5, "a > b", "b > a")],
    ["of unequal parity over 2^40 values", pair(2 ** 40, "2 * a == 2 * b + 1")],
  ])(
    "are given up when they are too many to be tried: %s",
    (_, space) => {
      const isKnown = expect.objectContaining({ code: expect.stringMatching(/^(UNSATISFIABLE|TOO_CONSTRAINED)$/) });
      expect(() => takeMutations(space, 1, { seed: 1 })).toThrow(isKnown);
    },
    240_000,
  ); // ten seconds of computing, whatever else the machine does
});
