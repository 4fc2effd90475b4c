import { expect, it } from "vitest";
import { meanInterval } from "../src/model/mean-interval.ts";

it("has a 95 % interval from two values on", () => {
  expect(meanInterval([])).toBeUndefined();
  expect(meanInterval([3])).toEqual({ n: 1, mean: 3, half: undefined });
  expect(meanInterval([1, 2, 3])?.half).toBeCloseTo(4.303 / Math.sqrt(3), 3);
});
