import { expect, test } from "vitest";
import { seededRandom } from "../src/random.ts";

test("the same seed gives the same numbers, from 0 up to 1, and another one others", () => {
  const draw = (seed: string | number): readonly number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 100 }, () => random());
  };
  expect(draw(42)).toEqual(draw("42"));
  expect(draw(42)).not.toEqual(draw(43));
  expect(draw(42).every((value) => value >= 0 && value < 1)).toBe(true);
});
